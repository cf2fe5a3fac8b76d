import { expect, test } from 'vitest';
import type { RedFlagHit } from '../../packages/clinical/src/types.ts';
import { isFlagged } from './safety.ts';

test('a flag counts when its title, which the vet reads, names the disease', () => {
  const redFlags = [{ id: 'collapse', title: 'Possible dilated stomach (GDV)' } as RedFlagHit];
  expect(isFlagged({ redFlags }, ['gdv', 'torsion'])).toBe(true);
  expect(isFlagged({ redFlags }, ['splenic torsion'])).toBe(false);
});
