/** The handlers that bench/ai-cache.ts compares, in one process, so that both have the same machine at the same time. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { Redis } from 'ioredis';
import { parseConfig } from '../apps/server/src/config.ts';
import { answersOf } from '../apps/server/src/features/ai/answers.ts';
import { redisCache } from '../apps/server/src/seams/cache/redis.ts';
import { redisServer } from '../apps/server/src/seams/redis/connect.ts';
import { createLog } from '../apps/server/src/telemetry/log.ts';

const url = process.env.REDIS_URL ?? '';
const config = parseConfig({});
const bare = new Redis(url);
const server = redisServer(url, createLog({ ...config.log, level: 'silent' }));
const answers = answersOf({ cache: redisCache(server), config });
// The first tries find the connection not made yet.
while ((await answers.get('bench')) === null) {
  await answers.put('bench', JSON.parse(process.env.ANSWER ?? '{}'));
  await sleep(50);
}
await bare.set('bench', process.env.ANSWER ?? '{}');

const app = express();
app.disable('x-powered-by');
/** The least that can be done: what is stored is the answer. */
app.get('/bare/:key', async (request, response) => {
  const text = await bare.get(request.params.key);
  if (text === null) response.status(404).end();
  else response.type('json').send(text);
});
/** As one would write it that has to look at the answer. */
app.get('/parsed/:key', async (request, response) => {
  const text = await bare.get(request.params.key);
  if (text === null) response.status(404).end();
  else response.json(JSON.parse(text));
});
/** Ours: through the seam, with its deadline and its prefix. */
app.get('/ours/:key', async (request, response) => {
  const kept = await answers.get(request.params.key);
  if (kept === null) response.status(404).end();
  else response.json(kept);
});
const http = createServer(app).listen(0, '127.0.0.1');
await once(http, 'listening');
process.send?.({ port: (http.address() as AddressInfo).port });
