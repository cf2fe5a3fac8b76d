import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../config.ts';
import { type Container, createContainer } from '../../container.ts';
import { newId } from '../../ids.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { recorder } from '../../seams/events/contract.ts';
import { type CaseNotice, type EventBus, OUTBOX_CHANNEL } from '../../seams/events/port.ts';
import { leaseOf } from './lease.ts';
import { RELAY_TIMING, relayBatch, relayEvents } from './relay.ts';
import { outboxLag } from './table.ts';

/** Nothing but a hint wakes a relay soon. */
const SLOW = { ...RELAY_TIMING, pollMs: 600_000 };

describe('the relay', () => {
  let folder: string;
  let ports: Container;
  const clinicId = newId();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mozarela-outbox-'));
    ports = await createContainer(parseConfig({ MOZARELA_DATA_DIR: folder, LOG_LEVEL: 'silent' }));
    await ports.database.migrate();
    await ports.database.write(ACCOUNTS, (trx) =>
      trx.insertInto('clinics').values({ id: clinicId, name: 'Clinic', created_at: 0 }).execute(),
    );
  });
  afterEach(async () => {
    await ports.close();
    await rm(folder, { recursive: true });
  });

  const write = (caseId: string, ...seqs: number[]) =>
    ports.database.write(clinicId, async (trx) => {
      for (const seq of seqs)
        await trx
          .insertInto('case_events')
          .values({ case_id: caseId, seq, clinic_id: clinicId, type: 'case.changed', at: 1000, data: '{}' })
          .execute();
    });
  const lag = () => outboxLag(ports.database.read(ACCOUNTS), 5000);
  const lease = () => leaseOf('outbox', newId(), 10_000);
  /** A bus whose behaviour a test states, in place of the container's. */
  const withBus = (bus: Partial<EventBus>): Container => ({ ...ports, events: { ...ports.events, ...bus } });

  it('publishes what is in the table in the order of each case, once', async () => {
    const { told, handle } = recorder();
    await ports.events.consume('test', handle);
    const [a, b] = [newId(), newId()];
    await write(b, 1);
    await write(a, 1, 2);
    await write(b, 2);
    expect(await lag()).toEqual({ waiting: 4, oldestMs: 4000 });
    const own = lease();
    expect(await relayBatch(ports, own, 3)).toBe('more');
    expect(await relayBatch(ports, own, 3)).toBe('drained');
    expect(told.map(({ caseId, seq }) => [caseId, seq])).toEqual([
      [a, 1],
      [a, 2],
      [b, 1],
      [b, 2],
    ]);
    expect(told[0]).toEqual({ caseId: a, seq: 1, clinicId, type: 'case.changed', at: 1000, repeated: false });
    expect(await lag()).toEqual({ waiting: 0, oldestMs: 0 });
    expect(await relayBatch(ports, own, 3)).toBe('drained');
    expect(told).toHaveLength(4);
  });

  it('sends again, marked, what may have got through unconfirmed', async () => {
    const sent: CaseNotice[] = [];
    let confirms = false;
    const bus = withBus({
      publish: async (notices) => {
        sent.push(...notices);
        if (!confirms) throw new Error('no confirmation');
      },
    });
    await write(newId(), 1);
    await expect(relayBatch(bus, lease(), 10)).rejects.toThrow('no confirmation');
    expect((await lag()).waiting).toBe(1);
    confirms = true;
    // Another process: the failed one has given the lease back.
    expect(await relayBatch(bus, lease(), 10)).toBe('drained');
    expect(sent.map(({ repeated }) => repeated)).toEqual([false, true]);
    expect((await lag()).waiting).toBe(0);
  });

  it('claims nothing while the bus is away, however long', async () => {
    await write(newId(), 1);
    const away = withBus({ ping: () => Promise.reject(new Error('away')) });
    const own = lease();
    for (let n = 0; n < 5; n += 1) await expect(relayBatch(away, own, 10)).rejects.toThrow('away');
    const { told, handle } = recorder();
    await ports.events.consume('test', handle);
    await relayBatch(ports, own, 10);
    expect(told.map(({ repeated }) => repeated)).toEqual([false]);
  });

  it('works in one process at a time, and is taken over from one that died', async () => {
    const { told, handle } = recorder();
    await ports.events.consume('test', handle);
    await write(newId(), 1, 2);
    let elapsed = 0;
    const died = leaseOf('outbox', 'died', 10_000);
    const heir = leaseOf('outbox', 'heir', 10_000, () => elapsed);
    // It holds the lease, has counted the attempt, and publishes: that is where it is killed.
    const hangs = withBus({ publish: () => new Promise(() => {}) });
    void relayBatch(hangs, died, 10);
    await expect.poll(() => heir.look(ports.database.read(ACCOUNTS))).toBe(null);
    elapsed = 9_999;
    expect(await relayBatch(ports, heir, 10)).toBe('held');
    expect(told).toEqual([]);
    elapsed = 10_000;
    expect(await relayBatch(ports, heir, 10)).toBe('drained');
    expect(told.map(({ seq, repeated }) => [seq, repeated])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it('is woken by a hint and stops in the middle of nothing', async () => {
    const { handle, reached, told } = recorder();
    await ports.events.consume('test', async (notice) => {
      await sleep(20);
      await handle(notice);
    });
    const relay = relayEvents(ports, SLOW);
    await write(newId(), 1);
    await ports.live.publish(OUTBOX_CHANNEL, '');
    await reached(1);
    const id = newId();
    await write(id, 1, 2, 3);
    await ports.live.publish(OUTBOX_CHANNEL, '');
    await reached(2);
    await relay.stop();
    const { waiting } = await lag();
    expect(told.length + waiting).toBe(4);
    expect(waiting).toBe(0);
  });
});
