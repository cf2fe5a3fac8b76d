import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { PageSkeleton } from '../../../components/PageSkeleton.tsx';
import { caseQuery } from '../../../lib/caseQuery.ts';
import { notifyDone, notifyError, notifyUndo } from '../../../lib/notify.tsx';
import { usePageTitle } from '../../../lib/usePageTitle.ts';
import { analyzeCase } from '../api/analyzeCase.ts';
import { useCreateCase } from '../api/createCase.ts';
import { ExampleMenu } from '../components/ExampleMenu.tsx';
import { ShortcutHelp } from '../components/ShortcutHelp.tsx';
import { Workbench } from '../components/Workbench.tsx';
import { WorkbenchHeader } from '../components/WorkbenchHeader.tsx';
import { type Draft, EMPTY_DRAFT, isEmpty, recheckOf } from '../lib/draft.ts';
import { useDraft } from '../lib/useDraft.ts';

/** A new case, or with ?recheck=<case> a new case of the same patient. */
export function NewCasePage() {
  const [params] = useSearchParams();
  const recheckId = params.get('recheck');
  const earlier = useQuery({ ...caseQuery(recheckId ?? ''), enabled: recheckId !== null });
  if (!recheckId) return <NewCase key="new" draftKey="draft.new" />;
  if (earlier.error) return <ErrorState error={earlier.error} retry={() => void earlier.refetch()} />;
  if (!earlier.data) return <PageSkeleton />;
  return (
    <NewCase
      key={recheckId}
      draftKey={`draft.recheck.${recheckId}`}
      initial={recheckOf(earlier.data)}
      patientId={earlier.data.patientId}
      recheckOfName={earlier.data.patientName ?? undefined}
    />
  );
}

type Props = { draftKey: string; initial?: Draft; patientId?: string; recheckOfName?: string };

function NewCase({ draftKey, initial = EMPTY_DRAFT, patientId, recheckOfName }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { draft, change, reset, restored } = useDraft(draftKey, initial);
  const create = useCreateCase();
  // Once it is saved the page is left.
  const saving = create.isPending || create.isSuccess;
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure(false);
  const title = t(patientId ? 'workbench.recheckTitle' : 'workbench.newTitle');
  usePageTitle(title);

  const replaceDraft = (next: Draft, message: string) => {
    const before = draft;
    change(next);
    if (!isEmpty(before)) notifyUndo(message, t('action.undo'), () => change(before));
  };
  const note = patientId
    ? t('workbench.recheckOf', { name: recheckOfName ?? t('workbench.unnamed') })
    : restored
      ? t('workbench.draftRestored')
      : isEmpty(draft)
        ? null
        : t('workbench.draftKept');

  return (
    <>
      {create.error && <ErrorState error={create.error} />}
      <Workbench
        draft={draft}
        change={change}
        saving={saving}
        onHelp={openHelp}
        onSave={(body) =>
          create.mutate(
            { ...body, patientId },
            {
              onSuccess: async (record) => {
                reset(initial);
                await analyzeCase(record.id).then(
                  () => notifyDone(t('workbench.saved')),
                  () => notifyError(t('workbench.savedNoAnalysis')),
                );
                void navigate(`/cases/${record.id}`);
              },
            },
          )
        }
        header={(save) => (
          <WorkbenchHeader
            title={title}
            note={note}
            saveLabel={t('workbench.save')}
            saving={saving}
            onSave={save}
            onHelp={openHelp}
          >
            {!patientId && (
              <ExampleMenu onPick={(example) => replaceDraft(example, t('workbench.exampleReplaces'))} />
            )}
            {!isEmpty(draft) && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  const before = draft;
                  reset(initial);
                  notifyUndo(t('workbench.cleared'), t('action.undo'), () => change(before));
                }}
              >
                {t('workbench.clear')}
              </Button>
            )}
          </WorkbenchHeader>
        )}
      />
      <ShortcutHelp opened={help} onClose={closeHelp} />
    </>
  );
}
