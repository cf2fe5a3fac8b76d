/**
 * A provider of language models for tests: Gemini's generateContent and OpenAI's chat completions over HTTP, with
 * their shapes of errors. It answers as it is told, request by request, and keeps what it was asked. It runs in the
 * process of a test, or as a process of its own (`ai-peer-main.ts`) that is told over HTTP:
 * `PUT /_peer/behaviour {always?, next?}`, `GET /_peer/requests`, `DELETE /_peer/requests`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answerTo, type Behaviour, type Question, type WireAnswer } from './ai-peer-answers.ts';

/** A question that reached the peer, whole: what left the program. */
export type PeerRequest = Question & {
  /** Path, headers without the key, and the body as sent. */
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Answered in full. False while waiting, and for good when the caller went away. */
  answered: boolean;
};

export type AiPeer = AsyncDisposable & {
  readonly url: string;
  /** Base addresses as the two kinds of SDK take them. */
  readonly geminiUrl: string;
  readonly openAiUrl: string;
  readonly key: string;
  /** Every question so far, in order of arrival. */
  readonly requests: PeerRequest[];
  /** How to answer from now on, one for all models. */
  always(behaviour: Behaviour): void;
  /** How to answer the next requests, one each, before `always` applies again. */
  next(...behaviours: Behaviour[]): void;
  /** How to answer this model, whatever else is set. */
  forModel(model: string, behaviour: Behaviour | null): void;
  /** Forgets orders and requests. */
  reset(): void;
  stop(): Promise<void>;
};

/** The only key that the peer takes. */
export const PEER_KEY = 'peer-key-not-a-secret';

const GEMINI_PATH = /^\/v1beta\/models\/([^:/]+)(?::generateContent)?$/;

type Orders = { always: Behaviour; next: Behaviour[]; models: Map<string, Behaviour> };

/** @param options.port a free one when 0 or absent */
export async function startAiPeer(options: { port?: number } = {}): Promise<AiPeer> {
  const requests: PeerRequest[] = [];
  const orders: Orders = { always: { kind: 'well' }, next: [], models: new Map() };
  const stopped = new AbortController();
  const reset = () => {
    orders.always = { kind: 'well' };
    orders.next = [];
    orders.models.clear();
    requests.length = 0;
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '/', 'http://peer').pathname;
    if (path.startsWith('/_peer/')) return control(request.method ?? 'GET', path, body, response);
    const question = questionIn(path, request.method ?? 'GET', body);
    if (!question) return send(response, keyIsRight(request) ? modelInfo(path) : wrongKey(path));
    const recorded = { ...question, path, headers: headersOf(request), body, answered: false };
    requests.push(recorded);
    const behaviour = keyIsRight(request)
      ? (orders.models.get(question.model) ?? orders.next.shift() ?? orders.always)
      : ({ kind: 'unauthorised' } as const);
    if (behaviour.kind === 'slow')
      await delay(behaviour.delayMs ?? 1000, undefined, { signal: stopped.signal });
    const answer = answerTo(question, behaviour);
    if (answer === null) return;
    send(response, answer);
    recorded.answered = answer.cut !== true && !request.socket.destroyed;
  }

  function control(method: string, path: string, body: string, response: ServerResponse): void {
    if (path === '/_peer/behaviour' && method === 'PUT') {
      const told = JSON.parse(body) as { always?: Behaviour; next?: Behaviour[] };
      if (told.always) orders.always = told.always;
      if (told.next) orders.next = told.next;
    } else if (path === '/_peer/requests' && method === 'DELETE') reset();
    const known = path === '/_peer/behaviour' || path === '/_peer/requests';
    send(response, known ? { status: 200, body: { requests } } : { status: 404, body: {} });
  }

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  async function stop(): Promise<void> {
    if (!server.listening) return;
    stopped.abort();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
  return {
    url,
    geminiUrl: url,
    openAiUrl: `${url}/v1`,
    key: PEER_KEY,
    requests,
    always: (behaviour) => {
      orders.always = behaviour;
    },
    next: (...behaviours) => {
      orders.next = behaviours;
    },
    forModel: (model, behaviour) => {
      if (behaviour) orders.models.set(model, behaviour);
      else orders.models.delete(model);
    },
    reset,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const keyIsRight = ({ headers }: IncomingMessage): boolean =>
  headers['x-goog-api-key'] === PEER_KEY || headers.authorization === `Bearer ${PEER_KEY}`;

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const { authorization: _bearer, 'x-goog-api-key': _key, ...rest } = headers;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}

type Part = { text?: string; inlineData?: unknown };
type GeminiBody = {
  systemInstruction?: { parts?: Part[] };
  contents?: { parts?: Part[] }[];
  generationConfig?: { responseJsonSchema?: unknown };
};
type OpenAiBody = {
  model?: string;
  messages?: { role: string; content: string | { type: string; text?: string }[] }[];
  response_format?: { json_schema?: { schema?: unknown } };
};

/** The question in a request; null when it asks about models. */
function questionIn(path: string, method: string, body: string): Question | null {
  if (method !== 'POST') return null;
  if (path === '/v1/chat/completions') {
    const { model = '', messages = [], response_format: format } = JSON.parse(body) as OpenAiBody;
    const parts = messages.flatMap(({ role, content }) =>
      (typeof content === 'string' ? [{ type: 'text', text: content }] : content).map((part) => ({
        role,
        ...part,
      })),
    );
    const said = (role: string) =>
      parts
        .filter((part) => part.role === role)
        .map(({ text }) => text ?? '')
        .join('');
    const images = parts.filter(({ type }) => type === 'image_url').length;
    const schema = format?.json_schema?.schema ?? null;
    return { wire: 'openai', model, system: said('system'), user: said('user'), schema, images };
  }
  const model = GEMINI_PATH.exec(path)?.[1];
  if (model === undefined) return null;
  const { systemInstruction, contents = [], generationConfig } = JSON.parse(body) as GeminiBody;
  const said = (parts: Part[] = []) => parts.map(({ text }) => text ?? '').join('');
  const asked = contents.flatMap(({ parts = [] }) => parts);
  return {
    wire: 'gemini',
    model,
    system: said(systemInstruction?.parts),
    user: said(asked),
    schema: generationConfig?.responseJsonSchema ?? null,
    images: asked.filter(({ inlineData }) => inlineData !== undefined).length,
  };
}

/** In the words of the protocol that the path belongs to. */
const wrongKey = (path: string): WireAnswer => {
  const wire = GEMINI_PATH.test(path) ? 'gemini' : 'openai';
  const question: Question = { wire, model: '', system: '', user: '', schema: null, images: 0 };
  return answerTo(question, { kind: 'unauthorised' })!;
};

/** What both protocols tell about models, for a ping. */
function modelInfo(path: string): WireAnswer {
  const model = GEMINI_PATH.exec(path)?.[1];
  if (model) return { status: 200, body: { name: `models/${model}`, displayName: model } };
  if (path === '/v1/models') return { status: 200, body: { object: 'list', data: [] } };
  return { status: 404, body: { error: { code: 404, message: 'not found', status: 'NOT_FOUND' } } };
}

function send(response: ServerResponse, { status, headers, body, cut }: WireAnswer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  if (!cut) response.end(text);
  else response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy());
}
