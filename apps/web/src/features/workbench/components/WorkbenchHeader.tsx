import { Button, Text, Title } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Workbench.module.css';

type Props = {
  title: string;
  note: string | null;
  saveLabel: string;
  saving: boolean;
  onSave: () => void;
  onHelp: () => void;
  children?: ReactNode;
};

export function WorkbenchHeader({ title, note, saveLabel, saving, onSave, onHelp, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.header}>
      <div className={classes.headerTitle}>
        <Title order={1}>{title}</Title>
        {note && (
          <Text size="xs" c="dimmed" role="status">
            {note}
          </Text>
        )}
      </div>
      {children}
      <Button
        variant="subtle"
        color="gray"
        px={8}
        visibleFrom="sm"
        aria-label={t('workbench.shortcuts.open')}
        onClick={onHelp}
      >
        <IconKeyboard size={20} aria-hidden />
      </Button>
      <Button visibleFrom="md" onClick={onSave} loading={saving}>
        {saveLabel}
      </Button>
    </div>
  );
}
