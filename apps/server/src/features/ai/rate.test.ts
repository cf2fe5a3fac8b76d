import { expect, it } from 'vitest';
import { memoryLimits } from '../../seams/limits/memory.ts';
import { JobError } from '../../seams/queue/job.ts';
import { takeTurn } from './rate.ts';

it('gives each clinic its calls of a minute, and all together no more than the provider takes', async () => {
  let now = 0;
  const limits = memoryLimits(() => now);
  const rules = { callsPerMinute: 3, clinicCallsPerMinute: 2 };
  const turn = (clinicId: string, provider = 'gemini') =>
    takeTurn(limits, rules, { clinicId, provider }).then(
      () => 'taken',
      (error: unknown) => error,
    );
  expect([await turn('one'), await turn('one')]).toEqual(['taken', 'taken']);
  const refused = await turn('one');
  expect(refused).toBeInstanceOf(JobError);
  expect(refused).toMatchObject({ next: 'later' });
  const { delayMs } = refused as JobError;
  expect(delayMs).toBeGreaterThanOrEqual(60_000);
  expect(delayMs).toBeLessThanOrEqual(61_000);
  // What was refused to one clinic is still there for another; then the provider has had enough.
  expect(await turn('two')).toBe('taken');
  expect(await turn('two')).toMatchObject({ next: 'later' });
  expect(await turn('two', 'openai')).toBe('taken');
  now = 61_000;
  expect([await turn('one'), await turn('two')]).toEqual(['taken', 'taken']);
  await limits.close();
});
