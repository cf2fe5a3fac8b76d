import type { CaseInput } from '@mozarela/clinical/types';
import { analysisResult } from '@mozarela/contract/analyses';
import { describe, expect, it } from 'vitest';
import { injectedAnswer } from '../../../../../testbed/ai-peer-answers.ts';
import { checkAnswer, NOT_KNOWN, resultOf } from './check.ts';
import { conditionNames } from './condition-names.ts';
import { type AiPayload, preparePayload } from './payload.ts';
import { bundle, engine, redactor } from './testing.ts';

const knowledge = { engine, names: conditionNames(bundle) };
const CASE: CaseInput = {
  species: 'dog',
  breed: 'Labrador',
  sex: 'MN',
  age: '6 y',
  weightKg: 30,
  clinicalSigns: 'Vomiting and diarrhoea for 3 days, no cough. Lethargic. Littermate has seizures.',
  labFindings: 'Na 128, K 6.9, glucose 3.2 mmol/L',
};
const { payload } = preparePayload(redactor, CASE, []);
const check = (answer: unknown) => checkAnswer(knowledge, payload, JSON.stringify(answer));
const entry = (overrides: Record<string, unknown> = {}) => ({
  name: "Addison's disease",
  reasoning: 'Compatible with the signs.',
  findingsFor: ['Vomiting'],
  findingsAgainst: [],
  suggestedTests: [],
  ...overrides,
});
const one = (overrides: Record<string, unknown>) => check({ summary: '', diagnoses: [entry(overrides)] });

describe('the check of an answer', () => {
  it('names conditions as the knowledge base does, with its synonyms, urgency and references', () => {
    const [diagnosis] = one({}).diagnoses;
    expect(diagnosis).toMatchObject({ id: 'hypoadrenocorticism', name: 'Hypoadrenocorticism', urgent: true });
    expect([diagnosis!.probability, diagnosis!.points, diagnosis!.band]).toEqual([null, null, null]);
    expect(diagnosis!.findingsFor).toEqual([
      { finding: 'vomiting', label: 'Vomiting', text: 'Vomiting', weight: 0 },
    ]);
  });

  it('keeps what the knowledge base does not know, and says so', () => {
    const [diagnosis] = one({ name: 'Zorblax deficiency' }).diagnoses;
    expect([diagnosis!.name, diagnosis!.review, diagnosis!.references]).toEqual([
      'Zorblax deficiency',
      NOT_KNOWN,
      [],
    ]);
  });

  it('refuses what the species or the sex rules out', () => {
    const { diagnoses, rejected } = check({
      summary: '',
      diagnoses: [entry({ name: 'Pyometra' }), entry({ name: 'Feline imaginary disease' }), entry()],
    });
    expect(diagnoses.map(({ name }) => name)).toEqual(['Hypoadrenocorticism']);
    expect(rejected.map(({ kind, text }) => [kind, text])).toEqual([
      ['diagnosis', 'Pyometra'],
      ['diagnosis', 'Feline imaginary disease'],
    ]);
  });

  it.each([
    ['diarrhea for 3 days', true],
    ['K 6.9', true],
    ['Labrador', true],
    ['neutered male', true],
    ['6 years old', true],
    ['no cough', true],
    ['cough', false],
    ['seizures', false],
    ['jaundice', false],
    ['iarrhoea', false],
    ['', false],
  ])('cited findings must be stated: "%s" %s', (quote, stated) => {
    const { diagnoses, rejected } = one({ findingsFor: ['Vomiting', quote] });
    expect(diagnoses[0]!.findingsFor).toHaveLength(stated ? 2 : 1);
    expect(rejected.filter(({ kind }) => kind === 'finding')).toHaveLength(stated ? 0 : 1);
  });

  describe('what the vet set by hand', () => {
    const set = (...corrections: NonNullable<AiPayload['corrections']>) => ({ ...payload, corrections });
    const cited = (sent: AiPayload, findingsFor: string[], findingsAgainst: string[] = []) => {
      const answer = { summary: '', diagnoses: [entry({ findingsFor, findingsAgainst })] };
      const { diagnoses, rejected } = checkAnswer(knowledge, sent, JSON.stringify(answer));
      return { diagnosis: diagnoses[0], reasons: rejected.map(({ reason }) => reason) };
    };

    it.each([
      'Vomiting',
      'Vomiting and diarrhoea for 3 days',
      'vomiting',
      'Vomiting and diarrhoea for 3 days, no cough',
    ])('a finding that was struck out is no evidence, whatever words cite it: %s', (quote) => {
      const struck = set({ finding: 'Vomiting', assertion: 'absent' });
      const { diagnosis, reasons } = cited(struck, ['diarrhoea', quote], ['Vomiting']);
      expect(diagnosis!.findingsFor.map(({ text }) => text)).toEqual(['diarrhoea']);
      expect(diagnosis!.findingsAgainst.map(({ finding }) => finding)).toEqual(['vomiting']);
      expect(reasons).toEqual([expect.stringContaining('the veterinarian set it to absent')]);
    });

    it('a finding that was added may be cited by its label, and by no other words', () => {
      const added = set({ finding: 'Jaundice', assertion: 'present' });
      const { diagnosis, reasons } = cited(added, ['jaundice', 'yellow gums']);
      expect(diagnosis!.findingsFor).toMatchObject([{ finding: 'jaundice', text: 'jaundice' }]);
      expect(reasons).toEqual([expect.stringContaining('does not occur in the case')]);
      expect(cited(payload, ['jaundice']).diagnosis).toBeUndefined();
    });

    it('a finding that the note denies and the vet saw is evidence, and its denial is not', () => {
      const seen = set({ finding: 'Cough', assertion: 'present' });
      const { diagnosis, reasons } = cited(seen, ['cough'], ['no cough']);
      expect(diagnosis!.findingsFor).toMatchObject([{ finding: 'cough' }]);
      expect(diagnosis!.findingsAgainst).toEqual([]);
      expect(reasons).toEqual([expect.stringContaining('the veterinarian set it to present')]);
    });
  });

  it('an absence may speak against', () => {
    expect(one({ findingsAgainst: ['cough'] }).diagnoses[0]!.findingsAgainst).toHaveLength(1);
  });

  it('drops a diagnosis for which nothing of the case was cited, and one named twice', () => {
    const { diagnoses, rejected } = check({
      summary: '',
      diagnoses: [
        entry(),
        entry({ name: 'Hypoadrenocorticism' }),
        entry({ name: 'Gastritis', findingsFor: ['icterus'] }),
      ],
    });
    expect(diagnoses).toHaveLength(1);
    expect(rejected.filter(({ kind }) => kind === 'diagnosis').map(({ reason }) => reason)).toEqual([
      'named twice',
      'no finding of the case was cited for it',
    ]);
  });

  it('takes out amounts, links, markup and certainty, and says so once', () => {
    const { diagnoses, summary, rejected } = check({
      summary: 'Give 5 mg/kg BID. This is definitely Addison. Consider an endocrine cause.',
      diagnoses: [
        entry({
          reasoning: '<b>Compatible</b> with glucose 3.2 mmol/L. See https://x.example. Not an emergency.',
          suggestedTests: ['ACTH stimulation test', 'Give dexamethasone 0.5 mg/kg IV', 'Baseline cortisol'],
        }),
      ],
    });
    expect(summary).toBe('Consider an endocrine cause.');
    expect(diagnoses[0]!.reasoning).toBe('Compatible with glucose 3.2 mmol/L. See.');
    expect(diagnoses[0]!.suggestedTests.map(({ name }) => name)).toEqual([
      'ACTH stimulation test',
      'Baseline cortisol',
    ]);
    expect(JSON.stringify(rejected)).not.toMatch(/0\.5|5 mg/);
    expect(rejected.map(({ kind }) => kind).sort()).toEqual([
      'reasoning',
      'reasoning',
      'summary',
      'summary',
      'test',
      'test',
    ]);
  });

  it.each([
    ['no JSON', 'I think it is gastritis'],
    ['half of it', '{"summary":"","diagnoses":[{"name":"Gast'],
    ['another schema', '{"diagnoses":"gastritis","probability":97}'],
    ['nothing', '{"summary":"x","diagnoses":[]}'],
    ['too long', `{"summary":"${'x'.repeat(70_000)}","diagnoses":[]}`],
  ])('calls a bad answer bad: %s', (_kind, text) => {
    expect(() => checkAnswer(knowledge, payload, text)).toThrowError(
      expect.objectContaining({ code: 'bad_answer' }),
    );
  });

  it('reads JSON in a fence, and drops what the schema does not name', () => {
    const text = `\`\`\`json\n${JSON.stringify({ summary: '', diagnoses: [entry({ dose: '5 mg' })], redFlags: [] })}\n\`\`\``;
    const checked = checkAnswer(knowledge, payload, text);
    expect(JSON.stringify(checked)).not.toMatch(/dose"|redFlags/);
  });
});

describe('the result', () => {
  it('has red flags and findings of the built-in engine, whatever the model says', () => {
    const input: CaseInput = {
      ...CASE,
      species: 'cat',
      sex: 'M',
      clinicalSigns: 'Straining in the litter tray, no urine, large firm bladder.',
    };
    const prepared = preparePayload(redactor, input, []);
    const checked = checkAnswer(
      knowledge,
      prepared.payload,
      JSON.stringify(injectedAnswer('{"clinicalSigns":"Straining in"}')),
    );
    const result = resultOf(knowledge, input, checked, { model: 'm-1', promptVersion: 'v1' });
    const own = engine.analyze(input);
    expect(result.redFlags).toEqual(own.redFlags);
    expect(result.redFlags.length).toBeGreaterThan(0);
    expect(result.findings).toEqual(own.findings);
    expect([result.engine, result.model, result.promptVersion]).toEqual(['ai', 'm-1', 'v1']);
    expect(result.rejected!.length).toBeGreaterThan(0);
    expect(() => analysisResult.parse(result)).not.toThrow();
  });

  it('says so when nothing passed', () => {
    const checked = one({ findingsFor: ['icterus'] });
    const result = resultOf(knowledge, CASE, checked, { model: 'm-1', promptVersion: 'v1' });
    expect([result.diagnoses, result.notices.length]).toEqual([[], 1]);
  });
});
