import { describe, expect, it } from 'vitest';
import { roundedPercent, soapAnalysis, soapText } from './soap.ts';

const record = {
  patientName: 'Luna',
  species: 'cat',
  breed: 'Domestic shorthair',
  sex: 'FS',
  age: '9 y',
  weightKg: 4.2,
  clinicalSigns: 'Weight loss, eats well.',
  labFindings: 'T4 8.1 ug/dL',
  createdAt: '2026-03-01T10:00:00.000Z',
  outcome: null,
  addenda: [
    { text: 'Owner phoned.', createdAt: '2026-03-02T10:00:00.000Z', createdBy: { fullName: 'Ana Reis' } },
  ],
};

describe('soapText', () => {
  it('has the four sections in order, the note as typed, and the addenda', () => {
    const text = soapText(record, null);
    expect(text.split('\n').filter((line) => /^[SOAP]$/.test(line))).toEqual(['S', 'O', 'A', 'P']);
    expect(text).toContain('Luna, cat, Domestic shorthair, female spayed, 9 y, 4.2 kg - 2026-03-01');
    expect(text).toContain('Weight loss, eats well.');
    expect(text).toContain('Addendum 2026-03-02, Ana Reis: Owner phoned.');
  });
});

describe('soapAnalysis', () => {
  const answer = { engine: 'knowledge' as const, status: 'succeeded', commentOn: null, outdated: false };
  it('is the newest of the built-in engine to the case as it is', () => {
    const [older, newer] = [{ ...answer }, { ...answer }];
    const model = { ...answer, engine: 'ai' as const };
    const protocol = { ...answer, engine: 'protocol' as const };
    expect(soapAnalysis([model, protocol, newer, older])).toBe(newer);
    expect(soapAnalysis([model, protocol, { ...newer, outdated: true }])).toBe(protocol);
    expect(
      soapAnalysis([
        { ...model, status: 'failed' },
        { ...model, commentOn: 'p' },
      ]),
    ).toBeUndefined();
  });
});

describe('roundedPercent', () => {
  it('shows steps of five, never zero and never certainty', () => {
    expect([0, 4.9, 5, 12.4, 99.9].map(roundedPercent)).toEqual(['< 5 %', '< 5 %', '5 %', '10 %', '95 %']);
  });
});
