/** Findings that follow from age and sex: young, old, entire. */
import type { CaseInput, Signalment } from '../types.ts';
import { OLD_AGE } from './age.ts';
import type { Found } from './findings.ts';
import type { TextModel } from './model.ts';

/** States or denies each finding of signalment that age and sex decide; nothing where they are not known. */
export function signalmentFindings(
  model: TextModel,
  input: CaseInput,
  signalment: Signalment,
  youngestYears?: number,
): Found[] {
  return model.signalment.flatMap(({ finding, underYears, old, sex }) => {
    const label = model.findings[finding]?.label.en;
    const { ageYears, species } = signalment;
    let holds: boolean | null = null;
    // "bitch" in a note does not say whether she is spayed; the form's F does.
    const known = input.sex ?? (signalment.sex?.length === 2 ? signalment.sex : null);
    if (sex) holds = known === null ? null : sex.includes(known);
    else if (ageYears !== null && underYears !== undefined) {
      // A bare "foal" may be newborn or not.
      holds = ageYears < underYears || ((youngestYears ?? ageYears) < underYears ? null : false);
    } else if (ageYears !== null && old) holds = ageYears >= OLD_AGE[species];
    if (holds === null || label === undefined) return [];
    const text = (sex ? input.sex : input.age) ?? '';
    const assertion = holds ? 'present' : 'absent';
    return [
      {
        id: finding,
        label,
        text,
        start: 0,
        end: text.length,
        field: 'signalment',
        assertion,
        inferred: true,
      },
    ];
  });
}
