/** From statements to findings and measurements of the case. */
import type { Assertion, ExtractedFinding, Field, Measurement, Signalment } from '../types.ts';
import { ancestors, findingsOfValue, findingsOfWord, type Stated } from './degrees.ts';
import type { TextModel } from './model.ts';
import type { NumberRead } from './named.ts';
import { type Convention, type Quantity, quantify } from './quantities.ts';
import type { FieldReading, Statement } from './reading.ts';

export type CaseReading = { model: TextModel; signalment: Signalment; convention: Convention };

/** `inferred` findings were denied by a general statement ("BAR", "CBC normal") and yield to explicit ones. */
export type Found = ExtractedFinding & { inferred: boolean };
export type Collected = { findings: Found[]; measurements: Measurement[] };

type Place = { field: Field; start: number; end: number; text: string };

/** Findings and measurements of one text box, in the order of the text. */
export function collect(reading: CaseReading, box: FieldReading): Collected {
  const out: Collected = { findings: [], measurements: [] };
  for (const { tokens, statements } of box.sentences) {
    for (const statement of statements) {
      const start = tokens[statement.from]?.start ?? 0;
      // A list may end in a word that was spelled out of an earlier place; the text order is kept by the offsets.
      const end = Math.max(tokens[statement.to]?.end ?? start, tokens[statement.from]?.end ?? start);
      const place = { field: box.field, start, end, text: box.original.slice(start, end) };
      collectStatement(reading, statement, place, out);
    }
  }
  return out;
}

function collectStatement(reading: CaseReading, statement: Statement, place: Place, out: Collected): void {
  const { model } = reading;
  const said = statement.reading as Assertion;
  const add = (id: string, assertion: Assertion, inferred: boolean, detail?: string) => {
    const finding = findingAt(reading, id, assertion, inferred, place, detail);
    if (finding) out.findings.push(statement.longAgo ? { ...finding, longAgo: true } : finding);
  };
  switch (statement.type) {
    case 'finding':
      add(statement.id, statement.polarity === 'absent' ? denial(said) : said, false);
      break;
    case 'normal':
      if (said === 'present') for (const id of statement.deny) add(id, 'absent', true);
      // "not eating well": the opposite of health, though of what exactly is not said.
      if (said === 'absent') for (const id of statement.deny.slice(0, 1)) add(id, 'possible', true);
      break;
    case 'word': {
      const { analytes, direction, degree, denied } = statement.read;
      const negated = denied !== (said === 'absent');
      const normal = direction === 'normal' ? (model.normalFindings.get(analytes.join()) ?? []) : [];
      for (const analyte of analytes) {
        const all = findingsOfWord(model, analyte, direction, degree, negated);
        const stated = { ...all, absent: all.absent.filter((id) => !normal.includes(id)) };
        addStated(stated, said === 'absent' ? 'present' : said, analytes.length > 1, add);
      }
      for (const id of normal) add(id, negated ? 'absent' : said, false);
      break;
    }
    case 'number':
      collectNumber(reading, statement.read, said, place, out, add);
  }
}

/** "parvo negative" is absent unless it is another animal's or a mere possibility. */
const denial = (said: Assertion): Assertion => (said === 'present' || said === 'absent' ? 'absent' : said);

type Add = (id: string, assertion: Assertion, inferred: boolean, detail?: string) => void;

function addStated(
  { present, absent }: Stated,
  said: Assertion,
  inferred: boolean,
  add: Add,
  detail?: string,
): void {
  for (const id of present) add(id, said, inferred, detail);
  if (said === 'present') for (const id of absent) add(id, 'absent', inferred, detail);
}

function findingAt(
  { model, signalment }: CaseReading,
  id: string,
  assertion: Assertion,
  inferred: boolean,
  place: Place,
  detail?: string,
): Found | null {
  const finding = model.findings[id];
  if (!finding) return null;
  if (finding.species && !finding.species.some((animal) => signalment.animals.includes(animal))) return null;
  const found = { id, label: finding.label.en, ...place, assertion, inferred };
  return detail === undefined ? found : { ...found, detail };
}

function collectNumber(
  { model, signalment, convention }: CaseReading,
  read: NumberRead,
  said: Assertion,
  place: Place,
  out: Collected,
  add: Add,
): void {
  // "no fever, T 38.5": a number is not negated by the list before it.
  const assertion = said === 'absent' || said === 'possible' ? 'present' : said;
  if (assertion === 'hypothetical' || assertion === 'other_animal') return;
  const quantity = quantify(model, read.analyte, read.typed, signalment, convention);
  const measurement = measurementOf(model, read, quantity, place);
  if (!read.typed.multiple) out.measurements.push(measurement);
  if (quantity.query !== null) return;
  const value = read.typed.multiple ? read.typed.value : quantity.value;
  const stated = findingsOfValue(model, read.analyte, {
    value,
    multiple: read.typed.multiple,
    operator: read.typed.operator,
    range: quantity.range,
    flag: quantity.range?.source === 'printed' ? null : read.typed.flag,
  });
  const detail = describe(measurement, read, quantity);
  addStated(stated, assertion, false, add, detail);
  if (quantity.flag === null || read.typed.operator !== null) return;
  const normal = quantity.flag === 'normal' && assertion === 'present' ? 'present' : 'absent';
  if (assertion === 'present')
    for (const id of model.normalFindings.get(read.analyte) ?? []) add(id, normal, false, detail);
}

const FLAGS = { high: 'H', low: 'L', normal: 'normal' } as const;

function measurementOf(model: TextModel, read: NumberRead, quantity: Quantity, place: Place): Measurement {
  const analyte = model.analytes[read.analyte] as TextModel['analytes'][string];
  const { typed } = read;
  const query = quantity.query === null ? {} : { query: quantity.query };
  return {
    analyte: read.analyte,
    label: analyte.label.en,
    value: quantity.value,
    unit: analyte.unit,
    original: { value: typed.value, unit: typed.unit?.unit ?? null },
    range: quantity.range,
    flag: quantity.flag === null ? null : FLAGS[quantity.flag],
    ...query,
    start: place.start,
    end: place.end,
    field: place.field,
  };
}

/** "ALT 340 U/L (10-125), H" */
function describe(m: Measurement, { typed }: NumberRead, quantity: Quantity): string {
  if (typed.multiple) return `${m.label} ${typed.value} times the upper limit`;
  const sign = typed.operator ?? '';
  const range = m.range ? ` (${bounds(m.range)})` : '';
  const unit = m.unit === '' ? '' : ` ${m.unit}`;
  const assumed = quantity.assumed ? ', unit assumed' : '';
  return `${m.label} ${sign}${m.value}${unit}${range}${m.flag ? `, ${m.flag}` : ''}${assumed}`;
}

function bounds({ low, high }: { low: number | null; high: number | null }): string {
  if (low === null) return `<${high}`;
  return high === null ? `>${low}` : `${low}-${high}`;
}

/**
 * Drops what a general statement denied when the case states it, or a more specific finding, anywhere; then repeats
 * of one finding at one place.
 */
export function settle(model: TextModel, findings: Found[]): ExtractedFinding[] {
  const stated = new Set<string>();
  for (const { id, assertion, inferred } of findings) {
    if (inferred || (assertion !== 'present' && assertion !== 'possible')) continue;
    stated.add(id);
    for (const general of ancestors(model, id)) stated.add(general);
  }
  const seen = new Set<string>();
  const out: ExtractedFinding[] = [];
  for (const { inferred, ...finding } of findings) {
    const key = `${finding.id} ${finding.field} ${finding.start} ${finding.end}`;
    if ((inferred && stated.has(finding.id)) || seen.has(key)) continue;
    seen.add(key);
    out.push(finding);
  }
  return out;
}
