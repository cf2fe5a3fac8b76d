import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseBody, Draft } from '../lib/draft.ts';
import { useShortcuts } from '../lib/useShortcuts.ts';
import { AddFinding } from './AddFinding.tsx';
import { FindingChips } from './FindingChips.tsx';
import { MarkLegend } from './MarkLegend.tsx';
import { NoteInput } from './NoteInput.tsx';
import { ResultPanel } from './ResultPanel.tsx';
import { SignalmentForm } from './SignalmentForm.tsx';
import { SummaryBar } from './SummaryBar.tsx';
import { useWorkbench } from './useWorkbench.ts';
import classes from './Workbench.module.css';

type Props = {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  onSave: (body: CaseBody) => void;
  saving: boolean;
  /** Above both columns: title and actions; it gets `save` for its button. */
  header: (save: () => void) => ReactNode;
  onHelp?: () => void;
  /** Inside another page: no shortcuts, no columns of their own height. */
  embedded?: boolean;
};

/** Case on the left, ranked differentials on the right; below each other on a phone. */
export function Workbench({ draft, change, onSave, saving, header, onHelp, embedded = false }: Props) {
  const { t } = useTranslation();
  const bench = useWorkbench({ draft, change, onSave: saving ? () => undefined : onSave });
  const { refs, knowledge, live, marks, errors } = bench;
  const focus = (element: HTMLElement | null) => element?.focus();
  useShortcuts(!embedded, {
    notes: () => focus(refs.signsRef.current),
    labs: () => focus(refs.labsRef.current),
    add: () => focus(refs.searchRef.current),
    results: bench.showResults,
    help: () => onHelp?.(),
    save: bench.save,
  });
  const findings = knowledge?.findings ?? [];

  return (
    <div className={classes.page} data-embedded={embedded || undefined}>
      {header(bench.save)}
      {/* What is typed into a case on its way would be lost. */}
      <div className={classes.columns} inert={saving}>
        <div className={classes.case}>
          <SignalmentForm
            draft={draft}
            knowledge={knowledge}
            speciesError={errors.species}
            onChange={change}
          />
          <div>
            <NoteInput
              label={t('workbench.signs')}
              placeholder={t('workbench.signsHint')}
              value={draft.signs}
              marks={marks.signs}
              active={bench.active}
              error={errors.signs}
              inputRef={refs.signsRef}
              shortcut="/"
              onChange={(signs) => change({ signs })}
            />
            {live.result && <MarkLegend />}
          </div>
          <NoteInput
            short
            label={t('workbench.labs')}
            placeholder={t('workbench.labsHint')}
            value={draft.labs}
            marks={marks.labs}
            active={bench.active}
            inputRef={refs.labsRef}
            shortcut="L"
            onChange={(labs) => change({ labs })}
          />
          <section className={classes.findings} aria-label={t('workbench.findings')}>
            <div className={classes.findingsHead}>
              <div>
                <h2 className={classes.subtitle}>{t('workbench.findings')}</h2>
                {live.result && <p className={classes.hint}>{t('workbench.findingsHint')}</p>}
              </div>
              <AddFinding
                findings={findings}
                search={bench.search}
                inputRef={refs.searchRef}
                onSearch={bench.setSearch}
                onAdd={(finding) => bench.correct(finding, 'present')}
              />
            </div>
            <FindingChips
              result={live.result}
              corrections={draft.corrections}
              findings={findings}
              onCorrect={(corrections) => change({ corrections })}
              onActive={bench.setActive}
              onPhrase={bench.searchFor}
            />
          </section>
        </div>
        <div className={classes.results} ref={refs.resultsRef}>
          <ResultPanel
            live={live}
            hasSpecies={draft.species !== null}
            hasText={Boolean(draft.signs.trim() || draft.labs.trim())}
            onAnswer={bench.correct}
          />
        </div>
      </div>
      <SummaryBar result={live.result} onShow={bench.showResults} onSave={bench.save} saving={saving} />
    </div>
  );
}
