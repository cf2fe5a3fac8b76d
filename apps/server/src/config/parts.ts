/** Settings of the parts that can take an embedded one's place. `cluster` needs all of them. */
import { checkPostgresUrl, PostgresUrlError } from '../seams/database/postgres-url.ts';
import { AmqpUrlError, parseAmqpUrl } from '../seams/events/rabbitmq-url.ts';
import { parseRedisUrl, RedisUrlError } from '../seams/redis/url.ts';
import { isUrl, type Settings } from './settings.ts';

export type DatabaseParts = {
  /** The primary; maybe through PgBouncer in transaction mode. */
  url: string;
  /** The primary without a pooler in between, for migrations; null when `url` is that already. */
  directUrl: string | null;
  replicaUrls: string[];
};

export type S3Parts = {
  endpoint: string;
  /** Where browsers reach the store for signed links; null lets every download pass through the API. */
  publicEndpoint: string | null;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

export type AiParts = {
  provider: 'gemini' | 'openai';
  apiKey: string | null;
  /** Null: the provider's own. */
  baseUrl: string | null;
  model: string;
  fallbackModel: string | null;
};

export type Parts = {
  /** Null: SQLite in the data directory. */
  database: DatabaseParts | null;
  /** redis://, rediss://, redis+sentinel://, redis+cluster:// and their TLS forms; null: memory. */
  redisUrl: string | null;
  /** Null: files in the data directory. */
  s3: S3Parts | null;
  /** Null: events stay in the process. */
  amqpUrl: string | null;
  /** Null: no language model. */
  ai: AiParts | null;
};

/** With any of these embedded or made up, instances would not see the same data. */
const CLUSTER_NEEDS = ['DATABASE_URL', 'REDIS_URL', 'S3_ENDPOINT', 'AMQP_URL', 'MOZARELA_SECRET'];
const POSTGRES = ['postgres', 'postgresql'];
const HTTP = ['http', 'https'];
const REDIS = ['redis', 'rediss', 'redis+sentinel', 'rediss+sentinel', 'redis+cluster', 'rediss+cluster'];
const GEMINI_MODELS = { model: 'gemini-2.5-flash', fallbackModel: 'gemini-2.5-flash-lite' };

/** @param problems gets a line for each setting that contradicts or misses another */
export function partsOf(settings: Settings, mode: 'single' | 'cluster', problems: string[]): Parts {
  const parts = {
    database: databaseParts(settings, problems),
    redisUrl: redisUrl(settings, problems),
    s3: s3Parts(settings, problems),
    amqpUrl: amqpUrl(settings, problems),
    ai: aiParts(settings, problems),
  };
  if (mode === 'cluster')
    for (const name of CLUSTER_NEEDS)
      if (!settings.text(name)) problems.push(`${name} is needed in cluster mode`);
  return parts;
}

/** Adds to the problems what a client says of a URL that it cannot use: all wrong URLs are named at once. */
function noteProblem(name: string, problems: string[], read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (![RedisUrlError, PostgresUrlError, AmqpUrlError].some((kind) => error instanceof kind)) throw error;
    problems.push(`${name} ${(error as Error).message}`);
  }
}

function redisUrl(settings: Settings, problems: string[]): string | null {
  const url = settings.url('REDIS_URL', REDIS);
  if (url) noteProblem('REDIS_URL', problems, () => parseRedisUrl(url));
  return url;
}

function amqpUrl(settings: Settings, problems: string[]): string | null {
  const url = settings.url('AMQP_URL', ['amqp', 'amqps']);
  if (url) noteProblem('AMQP_URL', problems, () => parseAmqpUrl(url));
  return url;
}

function databaseParts(settings: Settings, problems: string[]): DatabaseParts | null {
  const url = settings.url('DATABASE_URL', POSTGRES);
  const directUrl = settings.url('DATABASE_DIRECT_URL', POSTGRES);
  const replicaUrls = settings.parse<string[]>(
    'DATABASE_REPLICA_URLS',
    [],
    'postgres:// URLs, separated by spaces or commas',
    (value) => {
      const urls = value.split(/[\s,]+(?=postgres)|\s+/).filter(Boolean);
      return urls.every((one) => isUrl(one, POSTGRES)) ? urls : undefined;
    },
  );
  for (const [name, urls] of Object.entries({
    DATABASE_URL: [url],
    DATABASE_DIRECT_URL: [directUrl],
    DATABASE_REPLICA_URLS: replicaUrls,
  }))
    for (const one of urls) if (one) noteProblem(name, problems, () => checkPostgresUrl(one));
  if (url) return { url, directUrl, replicaUrls };
  if (directUrl) problems.push('DATABASE_DIRECT_URL needs DATABASE_URL');
  if (replicaUrls.length > 0) problems.push('DATABASE_REPLICA_URLS needs DATABASE_URL');
  return null;
}

function s3Parts(settings: Settings, problems: string[]): S3Parts | null {
  const endpoint = settings.url('S3_ENDPOINT', HTTP);
  const publicEndpoint = settings.url('S3_PUBLIC_ENDPOINT', HTTP);
  const names = ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const [bucket, accessKeyId, secretAccessKey] = names.map((name) => settings.text(name));
  const region = settings.text('S3_REGION') ?? 'us-east-1';
  if (!endpoint) {
    for (const [name, value] of [
      ['S3_PUBLIC_ENDPOINT', publicEndpoint],
      ['S3_BUCKET', bucket],
    ] as const)
      if (value) problems.push(`${name} needs S3_ENDPOINT`);
    return null;
  }
  for (const name of names) if (!settings.text(name)) problems.push(`${name} is needed with S3_ENDPOINT`);
  if (!bucket || !accessKeyId || !secretAccessKey) return null;
  return { endpoint, publicEndpoint, region, bucket, accessKeyId, secretAccessKey };
}

function aiParts(settings: Settings, problems: string[]): AiParts | null {
  const googleKey = settings.text('GOOGLE_API_KEY');
  const googleUrl = settings.url('GOOGLE_API_BASE_URL', HTTP);
  const openaiUrl = settings.url('OPENAI_BASE_URL', HTTP);
  const openaiKey = settings.text('OPENAI_API_KEY') ?? null;
  const model = settings.text('AI_MODEL');
  const fallbackModel = settings.text('AI_FALLBACK_MODEL') ?? null;
  if (googleKey && (openaiUrl || openaiKey)) {
    problems.push('GOOGLE_API_KEY and OPENAI_BASE_URL or OPENAI_API_KEY: only one provider can be set');
    return null;
  }
  if (googleKey)
    return {
      provider: 'gemini',
      apiKey: googleKey,
      baseUrl: googleUrl,
      model: model ?? GEMINI_MODELS.model,
      fallbackModel: fallbackModel ?? (model ? null : GEMINI_MODELS.fallbackModel),
    };
  if (!openaiUrl && !openaiKey) return null;
  if (!model) {
    problems.push('AI_MODEL is needed with OPENAI_BASE_URL or OPENAI_API_KEY');
    return null;
  }
  return { provider: 'openai', apiKey: openaiKey, baseUrl: openaiUrl, model, fallbackModel };
}
