import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SpeciesIcon } from '../../../components/species/SpeciesIcon.tsx';
import type { Draft } from '../lib/draft.ts';
import { EXAMPLES } from '../lib/examples.ts';

type Props = { onPick: (draft: Draft) => void };

export function ExampleMenu({ onPick }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('workbench.example')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXAMPLES.map(({ id, draft }) => (
          <Menu.Item
            key={id}
            leftSection={draft.species && <SpeciesIcon species={draft.species} size={18} />}
            onClick={() => onPick(draft)}
          >
            {t(`workbench.examples.${id}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
