/** Ratios that follow from two measured values. */
import type { Measurement } from '../types.ts';
import { findingsOfValue } from './degrees.ts';
import type { CaseReading, Found } from './findings.ts';
import { builtInRange } from './quantities.ts';

const RATIOS = [
  { id: 'na_k_ratio', over: 'sodium', under: 'potassium' },
  { id: 'ag_ratio', over: 'albumin', under: 'globulin' },
];

/** Na:K and A:G where both parts were measured and the ratio was not. Their place is that of the second value. */
export function derivedRatios(
  { model, signalment }: CaseReading,
  measurements: Measurement[],
): { findings: Found[]; measurements: Measurement[] } {
  const findings: Found[] = [];
  const added: Measurement[] = [];
  const usable = (id: string) => measurements.filter((m) => m.analyte === id && m.query === undefined).at(-1);
  for (const { id, over, under } of RATIOS) {
    const [top, bottom, analyte] = [usable(over), usable(under), model.analytes[id]];
    if (!top || !bottom || !analyte || bottom.value <= 0 || usable(id)) continue;
    const value = Number((top.value / bottom.value).toPrecision(3));
    const range = builtInRange(model, id, signalment);
    const { start, end, field } = bottom;
    added.push({
      analyte: id,
      label: analyte.label.en,
      value,
      unit: analyte.unit,
      original: { value, unit: null },
      range: range && { ...range, source: 'built-in' },
      flag: null,
      start,
      end,
      field,
    });
    const stated = findingsOfValue(model, id, { value, multiple: false, operator: null, range, flag: null });
    const detail = `${analyte.label.en} ${value}, from ${top.label} ${top.value} and ${bottom.label} ${bottom.value}`;
    for (const [ids, assertion] of [
      [stated.present, 'present'],
      [stated.absent, 'absent'],
    ] as const) {
      for (const finding of ids) {
        const label = model.findings[finding]?.label.en ?? finding;
        findings.push({
          id: finding,
          label,
          text: '',
          start,
          end,
          field,
          assertion,
          detail,
          inferred: false,
        });
      }
    }
  }
  return { findings, measurements: added };
}
