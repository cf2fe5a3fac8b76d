import { Alert, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { CaseRecord } from '@mozarela/contract/cases';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { PageSkeleton } from '../../../components/PageSkeleton.tsx';
import { hasCode } from '../../../lib/apiError.ts';
import { caseQuery } from '../../../lib/caseQuery.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { analyzeCase } from '../api/analyzeCase.ts';
import { useUpdateCase } from '../api/updateCase.ts';
import { ShortcutHelp } from '../components/ShortcutHelp.tsx';
import { Workbench } from '../components/Workbench.tsx';
import { WorkbenchHeader } from '../components/WorkbenchHeader.tsx';
import { draftOf } from '../lib/draft.ts';
import { useDraft } from '../lib/useDraft.ts';

export function EditCasePage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(caseQuery(id));
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  if (data.status === 'signed') return <Navigate to={`/cases/${id}`} replace />;
  return <EditCase key={id} record={data} />;
}

function EditCase({ record }: { record: CaseRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { draft, change, reset, restored, conflict } = useDraft(`draft.edit.${record.id}`, draftOf(record));
  // What a colleague saves meanwhile refreshes the record: the conflict must show all the same.
  const [edited] = useState(record.version);
  const update = useUpdateCase();
  // Once it is saved the page is left.
  const saving = update.isPending || update.isSuccess;
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure(false);
  usePageTitle(t('workbench.editTitle'));
  const back = `/cases/${record.id}`;

  return (
    <>
      {update.error && !hasCode(update.error, 'version_conflict') && <ErrorState error={update.error} />}
      {hasCode(update.error, 'version_conflict') && (
        <Alert color="amber" role="alert" m="md">
          {t('error.version_conflict')}{' '}
          <Button variant="default" size="compact-sm" onClick={() => window.location.reload()}>
            {t('action.reload')}
          </Button>
        </Alert>
      )}
      {conflict && (
        <Alert color="amber" m="md">
          {t('workbench.draftOutdated')}{' '}
          <Button variant="default" size="compact-sm" onClick={() => reset(draftOf(record))}>
            {t('workbench.draftDiscard')}
          </Button>
        </Alert>
      )}
      <Workbench
        draft={draft}
        change={change}
        saving={saving}
        onHelp={openHelp}
        onSave={(body) =>
          update.mutate(
            { id: record.id, version: edited, body },
            {
              onSuccess: async (saved) => {
                reset(draftOf(saved));
                await analyzeCase(saved.id).then(
                  () => notifyDone(t('workbench.saved')),
                  () => notifyError(t('workbench.savedNoAnalysis')),
                );
                void navigate(back);
              },
            },
          )
        }
        header={(save) => (
          <WorkbenchHeader
            title={t('workbench.editTitle')}
            note={restored ? t('workbench.draftRestored') : null}
            saveLabel={t('workbench.saveChanges')}
            saving={saving}
            onSave={save}
            onHelp={openHelp}
          >
            <Button component={Link} to={back} variant="subtle" color="gray" onClick={() => reset()}>
              {t('action.cancel')}
            </Button>
          </WorkbenchHeader>
        )}
      />
      <ShortcutHelp opened={help} onClose={closeHelp} />
    </>
  );
}
