/** `knowledge/caseload.yaml`: the diseases that the knowledge base shall hold, and how far it is. */
import { z } from 'zod';
import { ANIMALS } from '../../packages/clinical/src/animals.ts';

const planned = z.strictObject({
  name: z.string().min(2),
  species: z.partialRecord(z.enum(ANIMALS), z.int().min(1).max(5)),
  /** 1 first, 3 last. */
  wave: z.int().min(1).max(3).default(2),
});

/** System -> condition id -> plan. */
export const caseloadSchema = z.record(z.string(), z.record(z.string(), planned));
export type Caseload = z.infer<typeof caseloadSchema>;

export type Progress = {
  planned: number;
  written: number;
  byWave: { wave: number; planned: number; written: number }[];
};

/** How many of the planned conditions are written, by wave. */
export function progress(caseload: Caseload, written: ReadonlySet<string>): Progress {
  const waves = [1, 2, 3].map((wave) => ({ wave, planned: 0, written: 0 }));
  for (const plans of Object.values(caseload)) {
    for (const [id, plan] of Object.entries(plans)) {
      const count = waves[plan.wave - 1];
      if (!count) continue;
      count.planned++;
      if (written.has(id)) count.written++;
    }
  }
  const sum = (key: 'planned' | 'written') => waves.reduce((total, w) => total + w[key], 0);
  return { planned: sum('planned'), written: sum('written'), byWave: waves };
}
