/** A typed case read into findings, measurements and signalment. The entry of the text engine. */
import type { CaseInput, Correction, ExtractedFinding, Extraction } from '../types.ts';
import { companionsIll } from './companions-ill.ts';
import { type CaseReading, collect, settle } from './findings.ts';
import { compileModel, type TextModel as Model } from './model.ts';
import { conventionOf } from './quantities.ts';
import { derivedRatios } from './ratios.ts';
import { type FieldReading, readField, readTokens } from './reading.ts';
import { readSignalment } from './signalment.ts';
import { signalmentFindings } from './signalment-findings.ts';
import { findUnused } from './unused.ts';

export type TextModel = Model;
/** Compiles the vocabulary of a knowledge bundle; tens of milliseconds, once. */
export const compileTextModel = compileModel;

/**
 * Reads a case. Every mention is a finding of its own with offsets into its text box, so one id may come twice with
 * different assertions; `effectiveFindings` (effective.ts) decides which counts. Corrections of the vet come last
 * and override every mention. Never throws; linear in the length of the text.
 */
export function extract(model: TextModel, input: CaseInput): Extraction {
  const { signalment, used, youngestYears } = readSignalment(
    model,
    input,
    readTokens(model, input.clinicalSigns),
  );
  const { animals } = signalment;
  const boxes: FieldReading[] = [readField(model, input.clinicalSigns, 'signs', animals)];
  if (input.labFindings) boxes.push(readField(model, input.labFindings, 'labs', animals));
  const numbers = boxes.flatMap((box) =>
    box.sentences.flatMap((s) => s.statements.flatMap((st) => (st.type === 'number' ? [st.read] : []))),
  );
  const reading: CaseReading = { model, signalment, convention: conventionOf(model, numbers, signalment) };
  const collected = boxes.map((box) => collect(reading, box));
  const measurements = collected.flatMap((c) => c.measurements);
  const derived = derivedRatios(reading, measurements);
  const told = collected.flatMap((c) => c.findings);
  const findings = settle(model, [
    ...told,
    ...companionsIll(model, told),
    ...derived.findings,
    ...signalmentFindings(model, input, signalment, youngestYears),
  ]);
  const known = new Set([...used].map((token) => token.start));
  return {
    signalment,
    ...(youngestYears === undefined ? {} : { youngestYears }),
    findings: correct(model, findings, input.corrections ?? []),
    measurements: [...measurements, ...derived.measurements],
    notUsed: boxes.flatMap((box) => findUnused(box, box.field === 'signs' ? known : new Set())),
  };
}

function correct(
  model: TextModel,
  findings: ExtractedFinding[],
  corrections: Correction[],
): ExtractedFinding[] {
  if (corrections.length === 0) return findings;
  const wanted = new Map(corrections.map((c) => [c.finding, c.assertion]));
  const out = findings.map((finding): ExtractedFinding => {
    const assertion = wanted.get(finding.id);
    return assertion === undefined ? finding : { ...finding, assertion, corrected: true };
  });
  const present = new Set(findings.map((f) => f.id));
  for (const [id, assertion] of wanted) {
    const label = model.findings[id]?.label.en;
    if (present.has(id) || label === undefined) continue;
    out.push({ id, label, text: '', start: 0, end: 0, field: 'signs', assertion, corrected: true });
  }
  return out;
}
