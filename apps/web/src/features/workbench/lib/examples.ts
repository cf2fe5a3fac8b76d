/** Invented notes to try the workbench with, written as vets write. No patient behind any of them. */
import { type Draft, EMPTY_DRAFT } from './draft.ts';

export type Example = { id: 'dog' | 'tomcat' | 'horse' | 'rabbit' | 'oldCat' | 'cow'; draft: Draft };

const example = (id: Example['id'], draft: Partial<Draft>): Example => ({
  id,
  draft: { ...EMPTY_DRAFT, ...draft },
});

export const EXAMPLES: Example[] = [
  example('oldCat', {
    species: 'cat',
    breed: 'Domestic Longhair',
    sex: 'FS',
    age: '14 y',
    weight: '2.9',
    patientName: 'Example: Mrs Beeton',
    signs:
      'Weight loss over 4 months despite ravenous appetite, PU/PD, vomits twice a week, restless at night. No diarrhoea. Housemate cat is well.\nPE: BCS 3/9, HR 232, gallop rhythm, unkempt coat, small nodule palpable in ventral neck.',
    labs: 'ALT 210 U/L (12-130), T4 98 nmol/L (10-60)',
  }),
  example('dog', {
    species: 'dog',
    breed: 'Standard Poodle',
    sex: 'FS',
    age: '4 y',
    weight: '22',
    patientName: 'Example: Olive',
    signs:
      'Hx: waxing and waning lethargy x 6 wk, V+ on and off, D+ twice last week, poor appetite, wt loss. Better on fluids at another clinic, relapsed 5 d later. Possible muscle tremors this am. No cough, no known toxin. Vaccinated, no travel.\nPE: quiet, T 37.4, HR 52, RR 20, weak pulses, CRT 3 s, approx 8% dehydrated. Abdomen soft, not painful.',
    labs: 'Na 128 (142-152), K 7.4 (3.9-5.1), glucose 3.1 mmol/L, creatinine 210 umol/L, PCV 31 %',
  }),
  example('tomcat', {
    species: 'cat',
    breed: 'Domestic Shorthair',
    sex: 'MN',
    age: '5 y',
    weight: '6.8',
    patientName: 'Example: Basil',
    signs:
      'In and out of litter tray since last night, straining, no urine seen. Vocalising, licking prepuce. V+ x2 this am, not eating. Indoor only, dry food.\nPE: dull, T 37.1, HR 128, large firm painful bladder, cannot be expressed.',
    labs: 'K 8.1 mmol/L, creatinine 640 umol/L',
  }),
  example('horse', {
    species: 'horse',
    breed: 'Warmblood',
    sex: 'MN',
    age: '12 y',
    weight: '560',
    patientName: 'Example: Quartz',
    signs:
      'Acute colic for 5 h: rolling, pawing, flank watching, sweating, unresponsive to first analgesic. No faeces passed since morning.\nPE: HR 84, RR 28, T 37.9, MM congested, CRT 3.5 s, gut sounds absent in all quadrants, 9 L reflux on nasogastric intubation.',
    labs: 'PCV 54 %, TP 82 g/L, lactate 6.1 mmol/L',
  }),
  example('rabbit', {
    species: 'rabbit',
    breed: 'Netherland Dwarf',
    sex: 'F',
    age: '3 y',
    weight: '1.3',
    patientName: 'Example: Clover',
    signs:
      'Not eating since yesterday evening, no droppings overnight, hunched, tooth grinding. Diet mostly muesli mix, little hay, new housemate last week.\nPE: T 36.9, quiet, doughy stomach, gut sounds reduced. Incisors normal. No nasal discharge.',
  }),
  example('cow', {
    species: 'cow',
    breed: 'Holstein',
    sex: 'F',
    age: '5 y',
    weight: '640',
    patientName: 'Example: 4471',
    signs:
      'Calved yesterday, third lactation. Down since this morning, cannot rise, S-bend in neck, cold ears, dull. No faeces passed. Not bloated.\nPE: T 37.2, HR 92 with quiet heart sounds, dry muzzle, rumen static, pupils dilated, udder normal.',
  }),
];
