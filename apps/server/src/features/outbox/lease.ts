/**
 * One holder at a time of what only one instance may do: a row whose beat the holder raises. Nobody compares clocks:
 * a contender takes over when it has seen the same beat for as long as a living holder never needs. A row and not an
 * advisory lock, because a pooler in transaction mode gives every transaction another session.
 */
import type { Executor } from '../../seams/database/port.ts';

/** The beat that a holder may raise; null when there is no row yet. */
export type Opening = { beat: number | null };

export type Lease = {
  /** @returns null while another holder is alive, as far as is known */
  look(db: Executor): Promise<Opening | null>;
  /** Takes or renews it in a transaction; false when somebody was faster. */
  take(trx: Executor, opening: Opening): Promise<boolean>;
  /** Lets the next one in at once. */
  release(trx: Executor): Promise<void>;
};

/**
 * @param holder names this process
 * @param deadAfterMs longer than any holder takes from one beat to the next
 * @param elapsed a clock that never steps back, in milliseconds
 */
export function leaseOf(
  name: string,
  holder: string,
  deadAfterMs: number,
  elapsed: () => number = () => performance.now(),
): Lease {
  let seen = { holder: '', beat: -1, since: 0 };
  return {
    async look(db) {
      const row = await db
        .selectFrom('leases')
        .select(['holder', 'beat'])
        .where('name', '=', name)
        .executeTakeFirst();
      if (!row) return { beat: null };
      if (row.holder === null || row.holder === holder) return { beat: row.beat };
      if (row.holder !== seen.holder || row.beat !== seen.beat)
        seen = { holder: row.holder, beat: row.beat, since: elapsed() };
      return elapsed() - seen.since >= deadAfterMs ? { beat: row.beat } : null;
    },
    async take(trx, { beat }) {
      if (beat === null) {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('leases')
          .values({ name, holder, beat: 1 })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .executeTakeFirst();
        return numInsertedOrUpdatedRows === 1n;
      }
      const { numUpdatedRows } = await trx
        .updateTable('leases')
        .set({ holder, beat: beat + 1 })
        .where('name', '=', name)
        .where('beat', '=', beat)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async release(trx) {
      await trx
        .updateTable('leases')
        .set({ holder: null })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .execute();
    },
  };
}
