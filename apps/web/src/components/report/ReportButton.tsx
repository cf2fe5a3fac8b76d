import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFlag } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

/** Few people open it: the dialog and its words come when they do. */
const ReportDialog = lazy(async () => ({ default: (await import('./ReportDialog.tsx')).ReportDialog }));

/** What a report speaks of; the name is for the person who writes it. */
export type ReportSubject = { conditionId?: string; analysisId?: string; name: string };

type Props = { about: ReportSubject };

export function ReportButton({ about }: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconFlag size={16} aria-hidden />}
        onClick={open}
      >
        {t('result.report')}
      </Button>
      {opened && (
        <Suspense>
          <ReportDialog about={about} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
