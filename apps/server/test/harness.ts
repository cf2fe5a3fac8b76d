/**
 * The running application for tests: its own data directory, a free port, an adjustable clock, captured logs, and
 * clients that keep cookies and send CSRF tokens as a browser's page does.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { User } from '@mozarela/contract/auth';
import type { Problem } from '@mozarela/contract/common';
import { inject } from 'vitest';
import '../../../testbed/provided.ts';
import { parseConfig } from '../src/config.ts';
import { start } from '../src/roles/all.ts';
import type { Running } from '../src/roles/serve.ts';

/** No word of it is common, so that it passes the password rules. */
export const PASSWORD = 'gentle-otter-plays-oboe-42';

/** An answer with its body read: parsed when it is JSON, else as text. */
export type Answer<Body> = { status: number; headers: Headers; body: Body };

type Extra = { headers?: Record<string, string> };

export type Client = {
  /** Cookies by name; a test may look at them or plant one. */
  cookies: Map<string, string>;
  /** Sent as X-CSRF-Token with every write; empty sends none. */
  csrfToken: string;
  get<Body = Problem>(path: string, extra?: Extra): Promise<Answer<Body>>;
  post<Body = Problem>(path: string, body?: unknown, extra?: Extra): Promise<Answer<Body>>;
  put<Body = Problem>(path: string, body?: unknown, extra?: Extra): Promise<Answer<Body>>;
  patch<Body = Problem>(path: string, body?: unknown, extra?: Extra): Promise<Answer<Body>>;
  delete<Body = Problem>(path: string, body?: unknown, extra?: Extra): Promise<Answer<Body>>;
};

export type Vet = Client & { user: User; email: string; password: string };

/** The store of attachments, past the application. */
export type Files = {
  /** Names of all files, on a disk also of those that are not finished. */
  list(): Promise<string[]>;
  remove(name: string): Promise<void>;
  /** Whether what is not finished cannot be seen. */
  hidesParts: boolean;
};

export type App = {
  /** Changes with a restart. */
  readonly url: string;
  /** One process itself, past nginx where there is one. */
  readonly instanceUrl: string;
  readonly dataDir: string;
  /** Every log line so far, over restarts. */
  readonly logs: string[];
  readonly files: Files;
  /** A client that is not signed in. */
  client(): Client;
  /** A new person, signed in, owner of a new clinic. The first one of an app is its administrator. */
  vet(overrides?: Record<string, unknown>): Promise<Vet>;
  /** Lets time pass for sessions, limits and links. */
  advance(ms: number): void;
  /** Lets the window of a limit pass: by waiting where Redis measures it. */
  passWindow(ms: number): Promise<void>;
  /** Stops and starts on the same data; clients go on with the new address. */
  restart(): Promise<void>;
  /** Stops and removes the data. */
  close(): Promise<void>;
};

/** Limits are out of the way unless a test sets them. */
const QUIET_LIMITS = {
  RATE_LIMIT_MAX: '1000000',
  ADMIN_RATE_LIMIT_MAX: '1000000',
  LOGIN_RATE_LIMIT_MAX: '1000000',
  LOGIN_RATE_LIMIT_IP_MAX: '1000000',
  AI_RATE_LIMIT_MAX: '1000000',
  AI_CLINIC_RATE_LIMIT_MAX: '1000000',
};

let vets = 0;

/** What a test drives, whichever form it has. */
export type Installed = {
  readonly url: string;
  readonly instanceUrl: string;
  readonly dataDir: string;
  readonly logs: string[];
  readonly files: Files;
  setClock(ms: number): void;
  restart(): Promise<void>;
  close(): Promise<void>;
};

function filesOnDisk(folder: string): Files {
  const entries = async () => {
    const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return found.filter((entry) => entry.isFile());
  };
  return {
    hidesParts: false,
    list: async () => (await entries()).map(({ name }) => name),
    async remove(name) {
      for (const entry of await entries())
        if (entry.name === name) await rm(join(entry.parentPath, entry.name));
    },
  };
}

/** One process on embedded parts: this one. */
async function startEmbedded(env: Record<string, string>): Promise<Installed> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mozarela-test-'));
  const config = parseConfig({ PORT: '0', MOZARELA_DATA_DIR: dataDir, ...env });
  const logs: string[] = [];
  const logTarget = { write: (line: string) => void logs.push(line) };
  let passed = 0;
  const launch = () => start(config, [], { now: () => Date.now() + passed, logTarget });
  let running: Running = await launch();
  return {
    get url() {
      return running.url;
    },
    get instanceUrl() {
      return running.url;
    },
    dataDir,
    logs,
    files: filesOnDisk(join(dataDir, 'blobs')),
    setClock: (ms) => {
      passed = ms;
    },
    async restart() {
      await running.stop();
      running = await launch();
    },
    async close() {
      await running.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/**
 * One process on embedded parts, or a whole cluster where the test run has started servers.
 * @param env settings on top of the defaults of a test
 */
export async function startApp(env: Record<string, string> = {}): Promise<App> {
  const settings = { ...QUIET_LIMITS, ...env };
  const servers = inject('servers');
  const installed = servers
    ? await (await import('./cluster-app.ts')).startClusterApp(servers, settings)
    : await startEmbedded(settings);
  let passed = 0;
  const advance = (ms: number) => {
    passed += ms;
    installed.setClock(passed);
  };
  const client = () => createClient(() => installed.url);
  return {
    get url() {
      return installed.url;
    },
    get instanceUrl() {
      return installed.instanceUrl;
    },
    dataDir: installed.dataDir,
    get logs() {
      return installed.logs;
    },
    files: installed.files,
    client,
    vet: (overrides) => registerVet(client(), overrides),
    advance,
    async passWindow(ms) {
      if (servers) await sleep(ms);
      else advance(ms);
    },
    restart: () => installed.restart(),
    close: () => installed.close(),
  };
}

async function registerVet(own: Client, overrides: Record<string, unknown> = {}): Promise<Vet> {
  vets += 1;
  const email = `vet${vets}@example.org`;
  const input = { fullName: `Vet ${vets}`, email, password: PASSWORD, ...overrides };
  const { status, body } = await own.post<{ user: User; csrfToken: string }>('/api/auth/register', input);
  if (status !== 201) throw new Error(`registering answered ${status}: ${JSON.stringify(body)}`);
  const signedIn = { user: body.user, csrfToken: body.csrfToken, email: input.email, password: PASSWORD };
  return Object.assign(own, signedIn);
}

function createClient(url: () => string): Client {
  const cookies = new Map<string, string>();

  async function call<Body>(
    method: string,
    path: string,
    body: unknown,
    extra: Extra = {},
  ): Promise<Answer<Body>> {
    const headers = new Headers();
    if (cookies.size > 0)
      headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (method !== 'GET' && client.csrfToken) headers.set('X-CSRF-Token', client.csrfToken);
    // Forms and texts are sent as they are; a form brings its own content type.
    const asIs = body === undefined || typeof body === 'string' || body instanceof FormData;
    if (body !== undefined && !(body instanceof FormData)) headers.set('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(extra.headers ?? {})) headers.set(name, value);
    const response = await fetch(url() + path, {
      method,
      headers,
      body: asIs ? body : JSON.stringify(body),
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const text = await response.text();
    const json = /json/.test(response.headers.get('Content-Type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  const client: Client = {
    cookies,
    csrfToken: '',
    get: (path, extra) => call('GET', path, undefined, extra),
    post: (path, body, extra) => call('POST', path, body, extra),
    put: (path, body, extra) => call('PUT', path, body, extra),
    patch: (path, body, extra) => call('PATCH', path, body, extra),
    delete: (path, body, extra) => call('DELETE', path, body, extra),
  };
  return client;
}
