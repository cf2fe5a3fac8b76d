import type { CaseInput } from '@mozarela/clinical/types';
import { analyze } from '../../../lib/engine/client.ts';

/** Twelve notes of the usual kinds; only the time they take is of interest. */
const NOTES: CaseInput[] = [
  {
    species: 'dog',
    clinicalSigns: 'V+ x3d, D-, lethargic, off food. PE: T 39.8, dehydrated 7%, painful abdomen.',
  },
  { species: 'dog', clinicalSigns: 'PU/PD x 2 mo, polyphagia, pot belly, panting, thin skin, alopecia.' },
  { species: 'dog', clinicalSigns: 'Cough at night, exercise intolerance, grade 4/6 left apical murmur.' },
  { species: 'dog', clinicalSigns: 'Acute hindlimb paresis, back pain, deep pain present. No trauma.' },
  { species: 'dog', clinicalSigns: 'Itchy, licking paws, recurrent otitis, erythema of the axillae.' },
  {
    species: 'cat',
    sex: 'MN',
    clinicalSigns: 'Straining in the litter tray, no urine passed, bladder large and firm.',
  },
  { species: 'cat', clinicalSigns: 'Weight loss despite good appetite, vomiting, HR 240, goitre palpable.' },
  { species: 'cat', clinicalSigns: 'Open mouth breathing, muffled heart sounds, not eating for two days.' },
  { species: 'horse', clinicalSigns: 'Colic since morning, HR 64, reduced gut sounds, no faeces passed.' },
  { species: 'cow', clinicalSigns: 'Down after calving yesterday, cold ears, S-bend of the neck, no rumen.' },
  { species: 'rabbit', clinicalSigns: 'Not eating, no droppings since yesterday, firm stomach, T 37.2.' },
  { species: 'bird', clinicalSigns: 'Fluffed up, tail bobbing, weight loss, green droppings.' },
];

export type Timing = { median: number; slowest: number };

/** Milliseconds a note on this device, the way to the worker and back included. @throws when the engine cannot load */
export async function measureTime(): Promise<Timing> {
  // The first run loads and compiles; it is not what a vet waits for while typing.
  for (const note of NOTES) await analyze(note);
  const times: number[] = [];
  for (const note of NOTES) {
    const begun = performance.now();
    await analyze(note);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] ?? 0, slowest: times.at(-1) ?? 0 };
}
