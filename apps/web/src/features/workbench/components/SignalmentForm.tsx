import { SegmentedControl, TextInput } from '@mantine/core';
import { SEXES, type Sex } from '@mozarela/clinical/animals';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnowledgeInfo } from '../../../lib/engine/protocol.ts';
import type { Draft } from '../lib/draft.ts';
import { parseWeight } from '../lib/draft.ts';
import { BreedInput } from './BreedInput.tsx';
import classes from './SignalmentForm.module.css';
import { SpeciesPicker } from './SpeciesPicker.tsx';

type Props = {
  draft: Draft;
  knowledge: KnowledgeInfo | undefined;
  speciesError?: string;
  onChange: (part: Partial<Draft>) => void;
};

const NONE = 'none';
const isSex = (value: string): value is Sex => (SEXES as readonly string[]).includes(value);

/** Who the patient is: every field that the ranking reads, and the name that it does not. */
export function SignalmentForm({ draft, knowledge, speciesError, onChange }: Props) {
  const { t } = useTranslation();
  const sexId = useId();
  const sexes = [...SEXES, NONE] as const;
  return (
    <div className={classes.form}>
      <SpeciesPicker
        value={draft.species}
        onChange={(species) => onChange({ species })}
        error={speciesError}
      />
      <div className={classes.fields}>
        <div className={classes.breed}>
          <BreedInput
            value={draft.breed}
            species={draft.species}
            breeds={knowledge?.breeds ?? []}
            onChange={(breed) => onChange({ breed })}
          />
        </div>
        <div className={classes.sex}>
          <span id={sexId} className={classes.label}>
            {t('workbench.sex')}
          </span>
          <SegmentedControl
            fullWidth
            size="sm"
            aria-labelledby={sexId}
            value={draft.sex ?? NONE}
            onChange={(value) => onChange({ sex: isSex(value) ? value : null })}
            data={sexes.map((sex) => ({
              value: sex,
              label: <abbr title={t(`sex.${sex}`)}>{t(`sexShort.${sex}`)}</abbr>,
            }))}
          />
        </div>
        <TextInput
          label={t('workbench.age')}
          placeholder={t('workbench.ageHint')}
          maxLength={60}
          autoComplete="off"
          value={draft.age}
          onChange={(event) => onChange({ age: event.currentTarget.value })}
        />
        <TextInput
          label={t('workbench.weight')}
          inputMode="decimal"
          autoComplete="off"
          value={draft.weight}
          error={parseWeight(draft.weight) === null && t('workbench.weightWrong')}
          onChange={(event) => onChange({ weight: event.currentTarget.value })}
        />
        <TextInput
          className={classes.name}
          label={t('workbench.patientName')}
          placeholder={t('workbench.patientNameHint')}
          maxLength={120}
          autoComplete="off"
          value={draft.patientName}
          onChange={(event) => onChange({ patientName: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
