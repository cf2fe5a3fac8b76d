/** Positions in the write-ahead log: 8 hex digits of the timeline, 16 of the byte, so that they order as strings. */
import type { Position } from './marks.ts';

/** SQL for the position of the primary, which every commit of before has passed; fails on a standby. */
export const CURRENT_POSITION = `left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)
  || lpad(to_hex(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint), 16, '0')`;

/** @throws when it is none */
export function parsePosition(value: unknown): Position {
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return value.toLowerCase();
  throw new Error('not a position in the write-ahead log');
}

export const timelineOf = (position: Position): string => position.slice(0, 8);

export const lsnOf = (position: Position): bigint => BigInt(`0x${position.slice(8)}`);
