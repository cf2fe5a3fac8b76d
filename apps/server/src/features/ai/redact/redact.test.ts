import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { redactor } from '../testing.ts';
import type { RedactionKind } from './spans.ts';

const KNOWN = [
  'Bella',
  'João Pedro Silva',
  'Oakfield Veterinary Hospital',
  'Dr Anna Kowalczyk',
  'bella_bloods.pdf',
];
const redact = (text: string, known: readonly string[] = []) => redactor.redact(text, known).text;

describe('what names somebody leaves, in place', () => {
  test.each<[kind: string, text: string, redacted: string]>([
    ['owner', 'Owner: Mrs Smith. Vomiting x3d.', 'Owner: [name]. Vomiting x3d.'],
    ['owner, PT', 'Dono: Sr. João Silva, gato com tosse', 'Dono: [name], gato com tosse'],
    [
      'owner, small letters',
      'tutora: maria aparecida, cadela com vómitos',
      'tutora: [name], cadela com vómitos',
    ],
    ['title, small letters', 'mrs smith says he limps', '[name] says he limps'],
    ['two titles', 'Mr and Mrs Jones moved', '[name] moved'],
    ['vet and practice', 'Seen by Dr. James O’Brien at Riverside Vets', 'Seen by [name] at [name]'],
    ['practice, PT', 'Encaminhado da Clínica Veterinária da Luz', 'Encaminhado da [name]'],
    ['practice, small letters', 'came from oakfield vets today', 'came from [name] today'],
    ['given and family name', 'Sarah Jones phoned: worse', '[name] phoned: worse'],
    ['pet', 'My dog Biscuit ate grapes', 'My dog [name] ate grapes'],
    ['pet, PT', 'a nossa gata Mia não come', 'a nossa gata [name] não come'],
    ['pet before its age', 'Biscuit, 6yo FS Lab, PU/PD', '[name], 6yo FS Lab, PU/PD'],
    [
      'signature, CRLF',
      'Limping.\r\nKind regards,\r\nMarjorie Thistlewood\r\nSenior partner',
      'Limping.\nKind regards,\n[name]\nSenior partner',
    ],
    [
      'signature, CR',
      'Kind regards,\rMarjorie Thistlewood\rSenior partner',
      'Kind regards,\n[name]\nSenior partner',
    ],
    ['signature', 'Limping.\nKind regards,\nTom Baker', 'Limping.\nKind regards,\n[name]'],
    ['label without a colon', 'owner Deirdre Flanagan, nurse Beth', 'owner [name], nurse [name]'],
    ['initials and particles', 'Ms. P. van der Berg rang; K. Johansson, DVM', '[name] rang; [name], DVM'],
    ['pet of two names before its age', 'Zeus Henderson 4yo ME GSD', '[name] 4yo ME GSD'],
    ['street without a number', 'died at Rose Cottage, Mill Lane', 'died at [address], [address]'],
    ['record of a patient', 'Patient ID: 88123-B / lame', 'Patient ID: [number] / lame'],
    [
      'name without a colon',
      'pt name SPARKLE, owner name JENKINS, TRACEY',
      'pt name [name], owner name [name]',
    ],
    ['glued', 'dob 01JAN2018, policy AGR/99281/2', 'dob [date], policy [number]'],
    ['e-mail', 'mail maria.silva@example.pt first', 'mail [e-mail] first'],
    ['e-mail in words', 'joao (at) exemplo (dot) com', '[e-mail]'],
    ['link', 'see https://x.example.com/a?t=1 and www.vet.pt', 'see [link] and [link]'],
    ['phone PT', 'telef. 912 345 678 ou 21 123 45 67', 'telef. [phone] ou [phone]'],
    ['phone BR', '(11) 98765-4321, 11 3123-4567', '[phone], [phone]'],
    ['phone UK', '07700 900123 / 020 7946 0958', '[phone] / [phone]'],
    ['phone US', '(555) 123-4567 or 555.123.4567', '[phone] or [phone]'],
    ['phone, abroad', '+351 912 345 678; 0033 1 23 45 67 89', '[phone]; [phone]'],
    ['phone in words', 'on nine one two three four five six seven', 'on [phone]'],
    ['chip', 'Chip 985112345678903, vomiting', 'Chip [chip], vomiting'],
    ['chip in groups', 'chip: 982 000 123 456 789', 'chip: [chip]'],
    ['older chips', 'AVID 123*456*789, chip 4B1F6A2C3D', 'AVID [chip], chip [chip]'],
    ['dates', '12/03/2025, 2025-03-12T14:30:00Z, 12.3.25', '[date], [date], [date]'],
    ['dates in words', 'on 12 March 2018, May 3rd, Mar 2024', 'on [date], [date], [date]'],
    ['dates, PT', 'a 3 de maio de 2017 e 12/mar/2025', 'a [date] e [date]'],
    ['day after a cue', 'since 12/03 not eating', 'since [date] not eating'],
    ['log entry', '12/03: vomited\n13/03: better', '[date]: vomited\n[date]: better'],
    ['year after a cue', 'spayed in 2019', 'spayed in [date]'],
    ['address UK', 'lives at 12 Oak Street, Leeds. Vomiting', 'lives at [address]. Vomiting'],
    ['postcode', 'from SW1A 1AA', 'from [address]'],
    ['address US', '12 Oak Street, Springfield, IL 62704', '[address]'],
    ['address PT', 'Rua das Flores, n.º 12, 3.º Esq, 1200-123 Lisboa', '[address], [address]'],
    ['address BR', 'Av. Paulista 1578, CEP 01310-100', '[address], CEP [address]'],
    ['tax and health numbers', 'CPF 123.456.789-09, NI AB 12 34 56 C', 'CPF [number], NI [number]'],
    ['licences', 'CRMV-SP 12345, MRCVS 7123456, OMV 4567', 'CRMV-SP [number], MRCVS [number], OMV [number]'],
    ['passport', 'Passport PT 123456789', 'Passport [number]'],
    ['record', 'our case 2024-00123, policy no. PW-4471203', 'our case [number], policy no. [number]'],
    ['file', 'see IMG_2034.jpg', 'see [file]'],
    ['hidden by invisible characters', 'maria\u200b.silva@exa\u00admple.pt', '[e-mail]'],
    ['full-width digits', 'tel ９１２３４５６７８', 'tel [phone]'],
  ])('%s', (_kind, text, redacted) => expect(redact(text)).toBe(redacted));

  test.each([
    ['any case', 'BELLA vomits, bella is flat', '[name] vomits, [name] is flat'],
    ['possessive', "Bella's gums are pale", "[name]'s gums are pale"],
    ['without accents, other spacing', 'joao  pedro silva rang; Silva agreed', '[name] rang; [name] agreed'],
    ['part of a name', 'Kowalczyk examined him', '[name] examined him'],
    ['practice, but not its generic words', 'Oakfield advised hospital care', '[name] advised hospital care'],
    ['file', 'in bella_bloods.pdf the bloods', 'in [file] the bloods'],
    ['part of a longer word', 'bellarina, umbella', 'bellarina, umbella'],
  ])('known names: %s', (_kind, text, redacted) => expect(redact(text, KNOWN)).toBe(redacted));

  it('keeps a clinical word that is also the name of the patient, unless it has a capital', () => {
    expect(redact('Blue has blue gums', ['Blue'])).toBe('[name] has blue gums');
  });

  it('says what it replaced, and where that stands now', () => {
    const { text, redactions } = redactor.redact('Mrs Smith, tel 912345678', []);
    expect(redactions.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual<
      [RedactionKind, string][]
    >([
      ['name', '[name]'],
      ['phone', '[phone]'],
    ]);
  });

  it('changes nothing the second time', () => {
    const once = redact('Owner: Mrs Smith, 12 Oak Street, chip 985112345678903, seen 12/03/2025', KNOWN);
    expect(redact(once, KNOWN)).toBe(once);
  });
});

describe('what is clinical stays, word for word', () => {
  test.each([
    'T 39.8 HR 180 RR 40 CRT <2s wt 23.4 kg, BP 120/80, SpO2 97%',
    'ALT 340 U/L (10-125), ALP 1200 (23-212), PLT 145-440, WBC 12500 /uL, WBC 12.5 x10⁹/L',
    'RBC 6500000/uL, plt 350000000000/L, urine protein 2+, +++ blood',
    'Na 140 K 3.5 Cl 110, Na:K 24.5, glucose 3.2 mmol/L, T4 5.8 ug/dL, T4 2UG/DL',
    'PCV/TP 32/6.0, USG 1.035, pH 7.35, titre 1/2048, 1:3200, ANA 1:160',
    'Platelets 212 340 400, urea 120 140 1500, lactate 2.5, 3/3/3',
    '7 y 3 mo, 10 weeks old, 6/12 old, 2 years, for 3 days, every 12 h, 24-48 h, 10-14 days',
    'murmur 3/6; BCS 5/9; lame on 3/4 legs; 4/5 ataxia; Schirmer 10/15; IOP 12/14; grade 2 of 5',
    'idade 7 anos, peso 23,4 kg, há 3 dias, temperatura 39,8 °C, FC 120, TRC 2 s',
    'ate 5 g chocolate per kg 2 hours ago; given 0.5 mg/kg meloxicam at 14:30',
    'Exam: Alert. Heart Rate 120. Mucous Membranes Pink. Lymph Nodes Normal.',
    'Abdominal Ultrasound: Thickened Bowel. Chest X-Ray Normal. Complete Blood Count Normal.',
    "Jack Russell terrier, Cushing's disease, Addison's, Horner syndrome, St. Bernard",
    'owner reports vomiting; Owner: concerned about weight loss; Patient: Vomiting since yesterday',
    'Hospital: admitted for fluids. Clinic: busy. chip not found, scanned 2 weeks ago',
    'travelled from Lisbon to Brazil in March; may eat 3 times; march fracture',
    'Owner Reports Vomiting. Patient Bright And Alert. Client Concerned. Client declined referral to hospital',
    'Dono refere vómitos há 2 dias; paciente: prostrado; sem febre',
    '3 dogs on the road; hit by a car 2 days ago on a busy street',
  ])('%s', (text) => expect(redact(text, KNOWN)).toBe(text));

  it.each(['a', 'A', '1', 'a.', '1-1-', '-', 'www.', '(A'])('ends soon on a long run of "%s"', (unit) => {
    const text = unit.repeat(20_000 / unit.length);
    expect(redact(text).length).toBeGreaterThan(0);
  });

  it('leaves the published open cases as they are', () => {
    const path = new URL('../../../../../../packages/clinical/test/cases/open.jsonl', import.meta.url);
    const cases = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const texts = cases
      .flatMap(({ clinicalSigns, labFindings }) => [clinicalSigns, labFindings])
      .filter(Boolean);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => redact(text) !== text.replace(/[ \u00a0]+/g, ' '))).toEqual([]);
  });
});
