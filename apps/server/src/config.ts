/** The only reader of the environment. Fails closed: every problem is listed at once, by name, never by value. */
import { resolve } from 'node:path';
import { type AiLimits, aiLimits } from './config/ai.ts';
import { type Parts, partsOf } from './config/parts.ts';
import { type Environment, settingsOf } from './config/settings.ts';

/** What one fixed window allows. */
export type LimitRule = { max: number; windowMs: number };

export type Config = Readonly<{
  production: boolean;
  /** `cluster` takes no embedded part: every instance must see the same data. */
  mode: 'single' | 'cluster';
  /** Where embedded parts keep their files. */
  dataDir: string;
  parts: Parts;
  /** Shared by all instances of an installation; null lets each start make its own. */
  secret: string | null;
  http: {
    host: string;
    port: number;
    /** Whether PORT was set: a worker then answers operators there. */
    portGiven: boolean;
    /** As Express takes it: number of proxies, addresses, or whether to trust any. */
    trustProxy: boolean | number | string[];
    /** Origins other than the own one that a browser may call from. */
    allowedOrigins: string[];
  };
  cookie: { secure: boolean; sameSite: 'Lax' | 'Strict' | 'None' };
  sessionTtlMs: number;
  registration: 'open' | 'invite';
  limits: { api: LimitRule; admin: LimitRule; loginAccount: LimitRule; loginAddress: LimitRule };
  /**
   * How long the process goes on answering after it was told to stop: its load balancer sees 503 on /healthz, and each
   * answer closes its connection, so that none is left that could be cut off under a request.
   */
  shutdownGraceMs: number;
  /** Whether the knowledge base is compiled right after start rather than at the first analysis. */
  warmUp: boolean;
  /** What a language model may cost; it is asked only when `parts.ai` is there. */
  ai: AiLimits;
  work: {
    /** Jobs at a time in one process. */
    concurrency: number;
    /** A worker that is silent for that long is taken for dead, and its jobs go to others. */
    leaseMs: number;
  };
  /** Port of measurements and health, for operators; null: none. */
  metricsPort: {
    port: number /** It was asked for; else it may be taken by another instance. */;
    required: boolean;
  } | null;
  log: { level: 'silent' | 'error' | 'warn' | 'info' | 'debug'; format: 'json' | 'text' };
  /** Settings that are present but that this build has no use for; named in the start-up log. */
  unused: string[];
}>;

/** All problems of a configuration, one line each. */
export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const OWN_NAMES = ['MOZARELA_MODE', 'MOZARELA_DATA_DIR', 'MOZARELA_SECRET'];

/** Settings of what this build does not do yet. */
const UNUSED_NAMES = ['SENTRY_DSN', 'OTEL_EXPORTER_OTLP_ENDPOINT'];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The port that Prometheus exporters of this kind usually take. */
const METRICS_PORT = 9464;
/** Longer than a load balancer keeps an idle connection (deploy/nginx). */
const CLUSTER_GRACE_MS = 5_000;

function parseOrigins(value: string): string[] | undefined {
  const origins = value.split(',').map((origin) => origin.trim().replace(/\/$/, ''));
  return origins.every(
    (origin) => /^https?:$/.test(URL.parse(origin)?.protocol ?? '') && URL.parse(origin)?.origin === origin,
  )
    ? origins
    : undefined;
}

function parseMetricsPort(value: string): Config['metricsPort'] | undefined {
  if (value.toLowerCase() === 'off') return null;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return port <= 65_535 ? { port, required: true } : undefined;
}

function parseTrustProxy(value: string): boolean | number | string[] {
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return /^\d+$/.test(value) ? Number(value) : value.split(',').map((address) => address.trim());
}

/**
 * Reads the settings of docs/operations from an environment.
 * @throws ConfigError with all problems
 */
export function parseConfig(env: Environment): Config {
  const problems: string[] = [];
  const settings = settingsOf(env, problems);
  const bare = (name: string) => name.replace(/_FILE$/, '');
  for (const name of Object.keys(env).filter((key) => key.startsWith('MOZARELA_')))
    if (!OWN_NAMES.includes(bare(name))) problems.push(`${name} is not a setting of this program`);

  const production = settings.text('NODE_ENV') === 'production';
  const mode = settings.choice('MOZARELA_MODE', 'single', ['single', 'cluster']);
  const secret = settings.text('MOZARELA_SECRET') ?? null;
  if (secret !== null && secret.length < 32)
    problems.push('MOZARELA_SECRET must have at least 32 characters');
  const secure = settings.flag('COOKIE_SECURE', production);
  const sameSite = settings.choice('COOKIE_SAMESITE', 'Lax', ['Lax', 'Strict', 'None']);
  if (sameSite === 'None' && !secure)
    problems.push('COOKIE_SAMESITE can be none only when COOKIE_SECURE is true');
  const loginWindowMs = settings.integer('LOGIN_RATE_LIMIT_WINDOW_MS', 15 * MINUTE, 1000, DAY);

  const config: Config = {
    production,
    mode,
    dataDir: resolve(settings.text('MOZARELA_DATA_DIR') ?? 'data'),
    parts: partsOf(settings, mode, problems),
    secret,
    http: {
      host: settings.text('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
      port: settings.integer('PORT', 3001, 0, 65_535),
      portGiven: settings.text('PORT') !== undefined,
      trustProxy: settings.parse('TRUST_PROXY', false, 'a number, true, false or addresses', parseTrustProxy),
      allowedOrigins: settings.parse(
        'API_ALLOWED_ORIGIN',
        [],
        'origins such as https://example.org',
        parseOrigins,
      ),
    },
    cookie: { secure, sameSite },
    sessionTtlMs: settings.integer('SESSION_TTL_MS', 30 * DAY, 1000, 400 * DAY),
    registration: settings.choice('REGISTRATION', 'open', ['open', 'invite']),
    limits: {
      api: {
        max: settings.integer('RATE_LIMIT_MAX', 120, 1),
        windowMs: settings.integer('RATE_LIMIT_WINDOW_MS', MINUTE, 1000, DAY),
      },
      admin: {
        max: settings.integer('ADMIN_RATE_LIMIT_MAX', 30, 1),
        windowMs: settings.integer('ADMIN_RATE_LIMIT_WINDOW_MS', MINUTE, 1000, DAY),
      },
      loginAccount: { max: settings.integer('LOGIN_RATE_LIMIT_MAX', 5, 1), windowMs: loginWindowMs },
      loginAddress: { max: settings.integer('LOGIN_RATE_LIMIT_IP_MAX', 30, 1), windowMs: loginWindowMs },
    },
    shutdownGraceMs: settings.integer(
      'SHUTDOWN_GRACE_MS',
      mode === 'cluster' ? CLUSTER_GRACE_MS : 0,
      0,
      10 * MINUTE,
    ),
    warmUp: settings.flag('WARM_UP', true),
    ai: aiLimits(settings),
    work: {
      concurrency: settings.integer('WORKER_CONCURRENCY', 4, 1, 100),
      leaseMs: settings.integer('JOB_LEASE_MS', 30_000, 1000, DAY),
    },
    metricsPort: settings.parse<Config['metricsPort']>(
      'METRICS_PORT',
      mode === 'cluster' ? { port: METRICS_PORT, required: false } : null,
      'a port, or off',
      parseMetricsPort,
    ),
    log: {
      level: settings.choice('LOG_LEVEL', 'info', ['silent', 'error', 'warn', 'info', 'debug']),
      format: settings.choice('LOG_FORMAT', 'json', ['json', 'text']),
    },
    unused: UNUSED_NAMES.filter((name) => env[name] || env[`${name}_FILE`]),
  };
  if (problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return Object.freeze(config);
}

/** The settings of this process. */
export const loadConfig = (): Config => parseConfig(process.env);
