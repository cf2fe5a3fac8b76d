import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { newId } from '../../ids.ts';
import { listCases } from './list.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe('a search', () => {
  it('fills its pages although the index has entries whose case is gone', async () => {
    const { container, vet } = desk;
    const ids = [];
    for (let n = 0; n < 12; n += 1) {
      ids.push((await desk.newCase()).id);
      await container.database.write(vet.clinicId, async (trx) => {
        for (let ghost = 0; ghost < 5; ghost += 1) {
          const entry = { clinicId: vet.clinicId, caseId: newId(), text: 'vomiting ghost', tags: [] };
          await container.database.search.put(trx, entry);
        }
      });
    }
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const filter = { q: 'vomit', limit: 5, cursor };
      const page = await listCases(container.database, vet.clinicId, filter);
      expect(page.items.length).toBe(Math.min(5, 12 - seen.length));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(seen).toEqual(ids.toReversed());
    const none = await listCases(container.database, vet.clinicId, { q: 'ghost', limit: 5 });
    expect(none).toEqual({ items: [], nextCursor: null });
  });
});
