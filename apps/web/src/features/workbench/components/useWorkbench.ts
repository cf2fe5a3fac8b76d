import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKnowledge } from '../../../lib/engine/useKnowledge.ts';
import { withCorrection } from '../lib/chips.ts';
import {
  type CaseBody,
  type Draft,
  parseWeight,
  SIGNS_LIMIT,
  toCaseBody,
  toCaseInput,
} from '../lib/draft.ts';
import { marksOf, shiftMarks } from '../lib/marks.ts';
import { useAnalysis } from '../lib/useAnalysis.ts';

type Options = { draft: Draft; change: (part: Partial<Draft>) => void; onSave: (body: CaseBody) => void };

/** State of the workbench beside the draft: the live answer, the colours, what is wrong, where to focus. */
export function useWorkbench({ draft, change, onSave }: Options) {
  const { t } = useTranslation();
  const { data: knowledge } = useKnowledge();
  const input = useMemo(() => toCaseInput(draft), [draft]);
  const live = useAnalysis(input);
  const [checked, setChecked] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const signsRef = useRef<HTMLTextAreaElement>(null);
  const labsRef = useRef<HTMLTextAreaElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const resultsRef = useRef<HTMLDivElement>(null);

  const marks = useMemo(() => {
    if (!live.result || !live.of) return { signs: [], labs: [] };
    return {
      signs: shiftMarks(marksOf(live.result, 'signs'), live.of.clinicalSigns, draft.signs),
      labs: shiftMarks(marksOf(live.result, 'labs'), live.of.labFindings ?? '', draft.labs),
    };
  }, [live.result, live.of, draft.signs, draft.labs]);

  const tooLong = draft.signs.length > SIGNS_LIMIT || draft.labs.length > SIGNS_LIMIT;
  const errors = {
    species: checked && !draft.species ? t('workbench.speciesMissing') : undefined,
    signs: tooLong
      ? t('workbench.signsTooLong', { count: Math.max(draft.signs.length, draft.labs.length) })
      : checked && !draft.signs.trim()
        ? t('workbench.signsMissing')
        : undefined,
  };

  const save = () => {
    setChecked(true);
    if (!draft.signs.trim() || tooLong) signsRef.current?.focus();
    else if (draft.species && parseWeight(draft.weight) !== null) onSave(toCaseBody(draft, draft.species));
    else document.querySelector<HTMLInputElement>('fieldset input[type=radio]')?.focus();
  };

  return {
    knowledge,
    live,
    marks,
    errors,
    active,
    setActive,
    search,
    setSearch,
    refs: { signsRef, labsRef, searchRef, resultsRef },
    save,
    correct: (finding: string, assertion: 'present' | 'absent') =>
      change({ corrections: withCorrection(draft.corrections, { finding, assertion }) }),
    searchFor: (text: string) => {
      setSearch(text);
      searchRef.current?.focus();
    },
    showResults: () => {
      resultsRef.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
      const first = resultsRef.current?.querySelector<HTMLElement>('summary, [data-differential]');
      first?.focus({ preventScroll: true });
    },
  };
}
