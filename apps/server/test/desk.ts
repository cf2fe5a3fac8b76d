/**
 * The API and the container behind it, for tests that need both: what the API cannot do, such as planting a queued
 * analysis, the test does on the container. Two people of two clinics are signed in; both are administrators.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseRecord } from '@mozarela/contract/cases';
import { apiRoutes } from '../src/api.ts';
import { parseConfig } from '../src/config.ts';
import { type Container, createContainer } from '../src/container.ts';
import { insertAccount, insertSession } from '../src/features/auth/queries.ts';
import { authenticateToken } from '../src/features/auth/service.ts';
import { createCase } from '../src/features/cases/service.ts';
import { readinessOf } from '../src/features/health/service.ts';
import { createApp } from '../src/http/app.ts';
import { drain, listen, urlOf } from '../src/http/server.ts';
import { hashToken } from '../src/http/session.ts';
import { newId } from '../src/ids.ts';
import { DAY_MS } from '../src/lib/time.ts';
import { ACCOUNTS } from '../src/seams/database/port.ts';

export type Person = {
  userId: string;
  clinicId: string;
  /** Asks the API as this person. */
  ask(
    method: string,
    path: string,
    headers?: Record<string, string>,
    signal?: AbortSignal,
    body?: string,
  ): Promise<Response>;
};

export type Desk = {
  container: Container;
  logs: string[];
  vet: Person;
  stranger: Person;
  newCase(): Promise<CaseRecord>;
  /** Tells the process to stop, as a signal would; resolves when the last answer has ended. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

/** An account, and a session of it. */
async function register({ database, now }: Container, email: string) {
  const actor = { userId: newId(), clinicId: newId() };
  const token = `${newId()}-token0`.slice(0, 43);
  const names = { email, fullName: 'A', clinicName: 'C', passwordHash: null };
  const session = {
    id: newId(),
    tokenHash: hashToken(token),
    userId: actor.userId,
    device: 'desk',
    now: now(),
  };
  await database.write(ACCOUNTS, async (trx) => {
    await insertAccount(trx, { ...actor, ...names }, now());
    await trx.updateTable('users').set({ is_admin: 1 }).where('id', '=', actor.userId).execute();
    await insertSession(trx, { ...session, expiresAt: now() + DAY_MS });
  });
  return { ...actor, token };
}

/** A case as it is typed. */
export const NOTE = {
  patientName: null,
  species: 'dog',
  breed: null,
  sex: null,
  age: null,
  weightKg: null,
  clinicalSigns: 'Vomiting and diarrhoea for two days. No cough.',
  labFindings: null,
  corrections: [],
};

export async function openDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'mozarela-desk-'));
  const logs: string[] = [];
  const config = parseConfig({ PORT: '0', MOZARELA_DATA_DIR: folder });
  const container = await createContainer(config, { logTarget: { write: (line) => void logs.push(line) } });
  await container.database.migrate();
  const server: Server = await listen(
    createApp({
      ports: container,
      bindings: apiRoutes(
        container,
        readinessOf(container, () => false),
      ),
      authenticate: (token) => authenticateToken(container, token),
    }),
    config.http,
  );
  const signIn = async (email: string): Promise<Person> => {
    const { token, ...actor } = await register(container, email);
    return {
      ...actor,
      ask: (method, path, headers = {}, signal, body) =>
        fetch(urlOf(server) + path, {
          method,
          headers: { Authorization: `Bearer ${token}`, ...headers },
          signal,
          body,
        }),
    };
  };
  const [vet, stranger] = [await signIn('vet@b.example'), await signIn('stranger@b.example')];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    container.drain();
    stopped ??= drain(server, 0);
    return stopped;
  };
  return {
    container,
    logs,
    vet,
    stranger,
    newCase: () => createCase(container, vet, NOTE, null),
    drain: stop,
    async close() {
      await stop();
      await container.close();
      await rm(folder, { recursive: true });
    },
  };
}
