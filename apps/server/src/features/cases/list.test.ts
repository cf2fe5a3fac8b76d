import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, NOTE, openDesk } from '../../../test/desk.ts';
import { newId } from '../../ids.ts';
import { DAY_MS } from '../../lib/time.ts';
import { listCases } from './list.ts';
import { createCase } from './service.ts';

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

describe('the bounds of a list', () => {
  const TYPED = { ...NOTE, clinicalSigns: 'Lameness of the left hind leg.' };

  it.each(['', 'lameness'])('go by the time a case was made at, with q=%j', async (q) => {
    const { container, vet } = desk;
    const at = Date.now() + DAY_MS;
    const make = (now: number) => createCase({ ...container, now: () => now }, vet, TYPED, null);
    // The clock was put back by ten minutes: ids go on from where they were.
    const [late, early] = [await make(at), await make(at - 600_000)];
    const list = async (from?: number, to?: number) => {
      const page = await listCases(container.database, vet.clinicId, { q, from, to, limit: 50 });
      const made = [early.id, late.id];
      return page.items.map(({ id }) => id).filter((id) => made.includes(id));
    };
    expect(await list(at - 600_000, at)).toEqual([early.id]);
    expect(await list(at, at + 1)).toEqual([late.id]);
    expect(await list(at - 600_000, at - 600_000)).toEqual([]);
    expect(await list(undefined, at + 1)).toEqual([early.id, late.id]);
    expect(await list(at - 600_000)).toEqual([early.id, late.id]);
  });

  it('may be any date', async () => {
    const { container, vet } = desk;
    const [from, to] = [Date.parse('0000-01-01'), Date.parse('9999-12-31T23:59:59Z')];
    for (const q of ['', 'lameness']) {
      const list = async (bounds: { from?: number; to?: number }) =>
        (await listCases(container.database, vet.clinicId, { q, ...bounds, limit: 5 })).items.length;
      const all = await list({});
      expect([
        q,
        all > 0,
        await list({ from, to }),
        await list({ to: from }),
        await list({ from: to }),
      ]).toEqual([q, true, all, 0, 0]);
    }
  });
});
