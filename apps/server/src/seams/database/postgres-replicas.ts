/**
 * Which replica may answer for which scope. Primary and replicas are asked for their positions several times a second.
 * A replica serves while it answers, follows closely, and has replayed the newest write of the scope. Positions compare
 * on one timeline only: after a change of primary each timeline is noted in a table, and a replica counts when it shows
 * that row, as one that is ahead of the new primary and cannot follow never will.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS } from '../../lib/time.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Position, WriteMarks } from './marks.ts';
import type { Scope } from './port.ts';
import { openProbe, type Probe, type Server } from './postgres-connection.ts';
import { reasonOf } from './postgres-errors.ts';
import { CURRENT_POSITION, lsnOf, parsePosition, timelineOf } from './postgres-position.ts';

const POLL_MS = 250;
const POLL_TIMEOUT_MS = 1_000;
const LONGEST_LAG_MS = 10_000;
/** How long a write waits for the replicas when its mark could not be set. */
const SETTLE_MS = 1_000;
const SETTLE_STEP_MS = 50;

type Replica = {
  name: string;
  server: Server;
  probe: Probe;
  inRotation: boolean;
  /** Last known; only grows while the connection lives. */
  replayed: bigint;
  /** What it is measured by next, and when the primary was there. */
  target: { lsn: bigint; at: number };
  /** When the primary was where the replica is known to be. */
  currentAt: number;
  /** The newest timeline that it has shown to follow. */
  follows: string;
};

export type Replicas = {
  /** The pool of a replica that shows every acknowledged write of the scope; null when only the primary does. */
  pick(scope: Scope): Promise<Server | null>;
  /** Tells where a write ended, before it is acknowledged: from then on no instance reads older data of the scope. */
  written(scope: Scope, position: Position): Promise<void>;
  /** Numbers for metrics. */
  stats(): Record<string, number>;
  close(): Promise<void>;
};

export type ReplicaOptions = {
  primaryUrl: string;
  replicas: { url: string; server: Server }[];
  marks: WriteMarks;
  log: Log;
};

/** Repeats a task with pauses until stopped; `stop` waits for the last run. */
function repeat(task: () => Promise<void>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await task();
      await sleep(POLL_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}

export function watchReplicas({ primaryUrl, replicas: given, marks, log }: ReplicaOptions): Replicas {
  const primary = {
    probe: openProbe(primaryUrl, POLL_TIMEOUT_MS),
    lsn: 0n,
    at: Number.NEGATIVE_INFINITY,
    /** The timeline that is in the table. */
    noted: '',
  };
  let timeline = '';
  /** Writes whose marks could not be set: no replica behind it answers for anything. */
  let floor = 0n;
  let turn = 0;

  const all = given.map(({ url, server }, index): Replica => {
    const replica: Replica = {
      name: `replica ${index + 1}`,
      server,
      probe: openProbe(url, POLL_TIMEOUT_MS, () => leave(replica, 'connection lost')),
      inRotation: false,
      replayed: 0n,
      target: { lsn: 0n, at: Number.NEGATIVE_INFINITY },
      currentAt: Number.NEGATIVE_INFINITY,
      follows: '',
    };
    return replica;
  });

  function leave(replica: Replica, reason: string): void {
    // A replica that starts again may show less than before.
    replica.replayed = 0n;
    replica.follows = '';
    if (!replica.inRotation) return;
    replica.inRotation = false;
    replica.server.abort();
    log.warn({ replica: replica.name, reason }, 'a replica left the rotation');
  }

  function noticeTimeline(seen: string): void {
    if (seen > timeline) timeline = seen;
  }

  async function pollPrimary(): Promise<void> {
    try {
      const at = performance.now();
      const { position } = await primary.probe.ask<{ position: string | null }>(
        `select case when pg_is_in_recovery() then null else ${CURRENT_POSITION} end as position`,
      );
      if (position === null) return;
      const seen = timelineOf(parsePosition(position));
      if (seen !== primary.noted) {
        await primary.probe.ask(`insert into timelines (id) values ('${seen}') on conflict do nothing`);
        primary.noted = seen;
      }
      noticeTimeline(seen);
      Object.assign(primary, { lsn: lsnOf(position), at });
    } catch {
      // Nothing is known until it answers again: replicas that cannot be measured leave the rotation.
    }
  }

  const lagOf = (replica: Replica) => {
    const now = performance.now();
    const current = replica.replayed >= primary.lsn ? primary.at : replica.currentAt;
    return Math.max(0, now - current);
  };

  function measure(replica: Replica): void {
    if (replica.replayed < replica.target.lsn) return;
    replica.currentAt = replica.target.at;
    replica.target = { lsn: primary.lsn, at: primary.at };
  }

  async function pollReplica(replica: Replica): Promise<void> {
    const asked = timeline;
    try {
      const row = await replica.probe.ask<{ standby: boolean; lsn: string; follows: boolean }>(
        `select pg_is_in_recovery() as standby, exists (select from timelines where id = '${asked}') as follows,
           lpad(to_hex(pg_wal_lsn_diff(coalesce(pg_last_wal_replay_lsn(), '0/0'), '0/0')::bigint), 16, '0') as lsn`,
      );
      if (!row.standby) return leave(replica, 'it is not a standby');
      replica.replayed = BigInt(`0x${row.lsn}`);
      if (row.follows) replica.follows = asked;
    } catch (error) {
      return leave(replica, reasonOf(error));
    }
    measure(replica);
    const follows = replica.follows === timeline && lagOf(replica) <= LONGEST_LAG_MS;
    if (!follows && replica.inRotation) {
      replica.inRotation = false;
      log.warn({ replica: replica.name, reason: 'it does not follow' }, 'a replica left the rotation');
    } else if (follows && !replica.inRotation) {
      replica.inRotation = true;
      log.info({ replica: replica.name }, 'a replica serves reads');
    }
  }

  const serving = (lsn: bigint) =>
    all.filter(
      ({ inRotation, follows, replayed }) =>
        inRotation && follows === timeline && replayed >= lsn && replayed >= floor,
    );

  /** Bounded: afterwards the laggards serve nothing here until they have caught up. */
  async function settle(lsn: bigint): Promise<void> {
    if (lsn > floor) floor = lsn;
    const until = performance.now() + SETTLE_MS;
    const behind = () => all.some((replica) => replica.inRotation && replica.replayed < lsn);
    while (behind() && performance.now() < until) await sleep(SETTLE_STEP_MS);
  }

  const polls = [repeat(pollPrimary), ...all.map((replica) => repeat(() => pollReplica(replica)))];

  return {
    async pick(scope) {
      if (serving(0n).length === 0) return null;
      const mark = await marks.get(scope);
      if (mark === 'unknown' || (mark !== null && timelineOf(mark) > timeline)) return null;
      const candidates = serving(mark === null ? 0n : lsnOf(mark));
      turn += 1;
      return candidates[turn % candidates.length]?.server ?? null;
    },
    async written(scope, position) {
      noticeTimeline(timelineOf(position));
      try {
        await marks.set(scope, position);
      } catch {
        await settle(lsnOf(position));
      }
    },
    stats: () =>
      Object.assign(
        {},
        ...all.map((replica, index) => ({
          [`replica_${index + 1}_serving`]: replica.inRotation ? 1 : 0,
          [`replica_${index + 1}_lag_ms`]: Math.round(Math.min(lagOf(replica), DAY_MS)),
          [`replica_${index + 1}_lag_bytes`]: Math.max(0, Number(primary.lsn - replica.replayed)),
        })),
      ),
    async close() {
      await Promise.all(polls.map((poll) => poll.stop()));
      await Promise.all([primary.probe, ...all.map(({ probe }) => probe)].map((probe) => probe.close()));
    },
  };
}
