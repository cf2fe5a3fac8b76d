import { describe, expect, test } from 'vitest';
import { readings } from './fixture.ts';

type Case = [note: string, expected: Record<string, string>];
const is = (list: Case[]) =>
  test.each(list)('%s', (note, expected) => expect(readings(note)).toMatchObject(expected));
const exactly = (list: Case[]) =>
  test.each(list)('%s', (note, expected) => expect(readings(note)).toEqual(expected));

describe('negation', () => {
  const absent = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'absent']));
  exactly([
    ['no vomiting', absent('vomiting')],
    ['no vomiting, diarrhoea, coughing or sneezing', absent('vomiting', 'diarrhoea', 'coughing', 'sneezing')],
    ['no vomiting or diarrhoea', absent('vomiting', 'diarrhoea')],
    ['owner denies coughing, sneezing', absent('coughing', 'sneezing')],
    ['without fever', absent('fever')],
    ['w/o vomiting', absent('vomiting')],
    ['vomiting absent', absent('vomiting')],
    ['vomiting and diarrhoea not seen', absent('vomiting', 'diarrhoea')],
    ['murmur not heard', absent('murmur')],
    ['negative for haematuria', absent('haematuria')],
    ['no history of seizures', absent('seizures')],
    ['never had a seizure', absent('seizures')],
    ['Vomiting: no', absent('vomiting')],
    ['not lethargic', absent('lethargy')],
    ['lymph nodes not enlarged', absent('enlarged_nodes')],
    ['ruled out pancreatitis', absent('pancreatitis')],
    ['pancreatitis ruled out', absent('pancreatitis')],
    ["isn't coughing", absent('coughing')],
  ]);
});

describe('the end of a scope', () => {
  exactly([
    ['no vomiting but diarrhoea', { vomiting: 'absent', diarrhoea: 'present' }],
    ['no vomiting. Diarrhoea', { vomiting: 'absent', diarrhoea: 'present' }],
    ['no vomiting, lethargic for 3 days', { vomiting: 'absent', lethargy: 'present' }],
    ['no vomiting, diarrhoea since yesterday', { vomiting: 'absent', diarrhoea: 'present' }],
    ['no cough now diarrhoea', { coughing: 'absent', diarrhoea: 'present' }],
    ['no vomiting\ndiarrhoea', { vomiting: 'absent', diarrhoea: 'present' }],
    ['no cough and is vomiting', { coughing: 'absent', vomiting: 'present' }],
    ['no coughing, drinking more', { coughing: 'absent', polydipsia: 'present' }],
    ['no fever, T 40.1', { fever: 'present', hypothermia: 'absent' }],
    ['vomiting, appetite normal', { vomiting: 'present', anorexia: 'absent', decreased_appetite: 'absent' }],
  ]);
});

describe('concepts that hold their own negation', () => {
  exactly([
    ['not eating', { anorexia: 'present' }],
    ["won't eat", { anorexia: 'present' }],
    ['has not been eating', { anorexia: 'present' }],
    ['no appetite', { anorexia: 'present' }],
    ['no vomiting, not eating', { vomiting: 'absent', anorexia: 'present' }],
    ['no appetite loss', { decreased_appetite: 'absent' }],
    ['not weight bearing', { non_weight_bearing: 'present' }],
    ['unable to urinate', { not_urinating: 'present' }],
    ['no menace OS', { no_menace: 'present' }],
    ['nonproductive retching', { nonproductive_retching: 'present' }],
    ['non-productive retching', { nonproductive_retching: 'present' }],
    ['decline in appetite', { decreased_appetite: 'present' }],
  ]);
});

describe('other moods', () => {
  is([
    ['history of seizures', { seizures: 'historical' }],
    ['previous seizures', { seizures: 'historical' }],
    ['vomited last year', { vomiting: 'historical' }],
    ['vomiting resolved', { vomiting: 'historical' }],
    ['no longer vomiting', { vomiting: 'historical' }],
    ['3 day history of vomiting', { vomiting: 'present' }],
    ['history of vomiting for 2 weeks', { vomiting: 'present' }],
    ['presented with a history of vomiting', { vomiting: 'present' }],
    ['started vomiting 3 months ago', { vomiting: 'present' }],
    ['possible murmur', { murmur: 'possible' }],
    ['?murmur', { murmur: 'possible' }],
    ['murmur?', { murmur: 'possible' }],
    ['suspected abdominal pain', { abdominal_pain: 'possible' }],
    ['r/o pancreatitis', { pancreatitis: 'hypothetical' }],
    ['DDx: pancreatitis, parvo', { pancreatitis: 'hypothetical', parvovirus: 'hypothetical' }],
    ['monitor for vomiting', { vomiting: 'hypothetical' }],
    ['recheck if vomiting or diarrhoea', { vomiting: 'hypothetical', diarrhoea: 'hypothetical' }],
    ['littermate died of parvo', { parvovirus: 'other_animal' }],
    ['housemate cat is coughing', { coughing: 'other_animal' }],
    ['two other dogs in house are vomiting', { vomiting: 'other_animal' }],
    ['bitten by another dog, vomiting', { vomiting: 'present' }],
    ['owner reports vomiting', { vomiting: 'present' }],
    ['Vomiting? No. Diarrhoea? Yes.', { vomiting: 'absent', diarrhoea: 'present' }],
  ]);
});

describe('what is no finding', () => {
  exactly([
    ['vaccinated for parvo', {}],
    ['parvo test pending', {}],
    ['treated for otitis', {}],
    ['parvo vaccine given', {}],
    ['Plan: monitor vomiting, check for fever', {}],
    ['parvo negative', { parvo_positive: 'absent' }],
    ['cats', {}],
  ]);
});

describe('Portuguese', () => {
  exactly([
    ['Não come há 3 dias', { anorexia: 'present' }],
    ['Sem vómitos nem diarreia', { vomiting: 'absent', diarrhoea: 'absent' }],
    ['Nega tosse', { coughing: 'absent' }],
    ['Vomitou no carro', { vomiting: 'present' }],
    ['Ausência de tosse, com perda de peso', { coughing: 'absent', weight_loss: 'present' }],
    ['Não apresenta tosse', { coughing: 'absent' }],
    ['tosse ausente', { coughing: 'absent' }],
  ]);
});
