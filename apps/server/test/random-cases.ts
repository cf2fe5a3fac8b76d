/** A clinic's random but repeatable life through the API: what one seed does, it does again. */
import type { CaseRecord } from '@mozarela/contract/cases';
import { png } from './files.ts';
import type { Vet } from './harness.ts';

const SPECIES = ['dog', 'cat', 'horse', 'rabbit'];
const WORDS = ['vomiting', 'cough', 'lameness', 'polyuria', 'fièvre', 'seizures', 'pruritus', 'anorexia'];

/** Numbers in [0, 1), always the same for a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Known = { id: string; patientId: string };

/** What may happen to a case, as often as it is named. */
const CHANGES = [
  ...['patch', 'patch', 'delete', 'restore', 'restore', 'sign'],
  ...['addendum', 'addendum', 'outcome', 'analyse', 'attach', 'attach', 'detach', 'detach'],
];
export const KINDS = new Set(['create', ...CHANGES]);

/** @returns the kinds of change that went through; others were refused, as they should be */
export async function liveRandomly(vet: Vet, random: () => number, steps: number): Promise<Set<string>> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const text = () => Array.from({ length: 4 }, () => pick(WORDS)).join(' ');
  const known: Known[] = [];
  const signed: string[] = [];
  const done = new Set<string>();

  const content = () => ({
    species: pick(SPECIES),
    clinicalSigns: `${text()}.`,
    ...(random() < 0.5 && { patientName: pick(['Luna', 'Rex', 'Mimi', 'Médor']) }),
    ...(random() < 0.5 && { weightKg: Math.round(random() * 400) / 10 }),
    ...(random() < 0.3 && { labFindings: 'ALT 340 (10-125)' }),
  });
  const version = async (id: string) => {
    const { body } = await vet.get<CaseRecord>(`/api/cases/${id}`);
    return { headers: { 'If-Match': `"${body.version ?? 1}"` } };
  };
  const form = () => {
    const files = new FormData();
    files.append('files', new Blob([new Uint8Array(png(2, 2))], { type: 'image/png' }), 'skin.png');
    return files;
  };
  const file = async (id: string) => (await vet.get<CaseRecord>(`/api/cases/${id}`)).body.attachments?.[0];

  const changes: Record<string, (id: string) => Promise<{ status: number }>> = {
    patch: async (id) => vet.patch(`/api/cases/${id}`, content(), await version(id)),
    delete: (id) => vet.delete(`/api/cases/${id}`),
    restore: (id) => vet.post(`/api/cases/${id}/restore`),
    sign: async (id) => vet.post(`/api/cases/${id}/sign`, undefined, await version(id)),
    addendum: (id) => vet.post(`/api/cases/${id}/addenda`, { text: text() }),
    outcome: (id) => vet.put(`/api/cases/${id}/outcome`, { diagnosis: text() }),
    analyse: (id) => vet.post(`/api/cases/${id}/analyses`, { engine: 'knowledge' }),
    attach: (id) => vet.post(`/api/cases/${id}/attachments`, form()),
    detach: async (id) => {
      const found = await file(id);
      return found ? vet.delete(`/api/attachments/${found.id}`) : { status: 404 };
    },
  };
  for (let step = 0; step < steps; step += 1) {
    const create = known.length < 5 || random() < 0.3;
    const kind = create ? 'create' : pick(CHANGES);
    let status: number;
    if (create) {
      const patientId = known.length > 0 && random() < 0.4 ? pick(known).patientId : undefined;
      const answer = await vet.post<CaseRecord>('/api/cases', { ...content(), patientId });
      if (answer.status === 201) known.push(answer.body);
      status = answer.status;
    } else {
      // Few cases are signed, and only those take addenda.
      const id = kind === 'addendum' && signed.length > 0 ? pick(signed) : pick(known).id;
      status = (await changes[kind]!(id)).status;
      if (kind === 'sign' && status === 200) signed.push(id);
    }
    if (status >= 500) throw new Error(`${kind} answered ${status}`);
    if (status < 300) done.add(kind);
  }
  return done;
}
