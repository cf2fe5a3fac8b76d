/** The only reader of the environment. Fails closed: every problem is listed at once, by name, never by value. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Environment = Record<string, string | undefined>;

/** What one fixed window allows. */
export type LimitRule = { max: number; windowMs: number };

export type Config = Readonly<{
  production: boolean;
  mode: 'single';
  dataDir: string;
  /** Shared by all instances of an installation; null lets each start make its own. */
  secret: string | null;
  http: {
    host: string;
    port: number;
    /** As Express takes it: number of proxies, addresses, or whether to trust any. */
    trustProxy: boolean | number | string[];
    /** Origins other than the own one that a browser may call from. */
    allowedOrigins: string[];
  };
  cookie: { secure: boolean; sameSite: 'Lax' | 'Strict' | 'None' };
  sessionTtlMs: number;
  registration: 'open' | 'invite';
  limits: { api: LimitRule; admin: LimitRule; loginAccount: LimitRule; loginAddress: LimitRule };
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

/** Settings of parts that are not embedded. */
const EXTERNAL_NAMES = [
  ...['DATABASE_URL', 'DATABASE_REPLICA_URLS', 'DATABASE_DIRECT_URL', 'REDIS_URL', 'AMQP_URL'],
  ...['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ...['GOOGLE_API_KEY', 'GOOGLE_API_BASE_URL', 'AI_MODEL', 'AI_FALLBACK_MODEL'],
  ...['OPENAI_BASE_URL', 'OPENAI_API_KEY'],
  ...['SENTRY_DSN', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'METRICS_PORT'],
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function settingsOf(env: Environment, problems: string[]) {
  const raw = (name: string): string | undefined => {
    const value = env[name] || undefined;
    const file = env[`${name}_FILE`] || undefined;
    if (value !== undefined && file !== undefined) problems.push(`${name} and ${name}_FILE are both set`);
    if (file === undefined) return value;
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch {
      problems.push(`${name}_FILE cannot be read`);
      return undefined;
    }
  };
  const parse = <T>(
    name: string,
    fallback: T,
    expected: string,
    read: (value: string) => T | undefined,
  ): T => {
    const value = raw(name);
    if (value === undefined) return fallback;
    const parsed = read(value);
    if (parsed !== undefined) return parsed;
    problems.push(`${name} must be ${expected}`);
    return fallback;
  };
  return {
    text: raw,
    parse,
    integer: (name: string, fallback: number, min: number, max = Number.MAX_SAFE_INTEGER) =>
      parse(name, fallback, `a whole number from ${min} to ${max}`, (value) => {
        const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
        return number >= min && number <= max ? number : undefined;
      }),
    choice: <const T extends string>(name: string, fallback: T, options: readonly T[]) =>
      parse(name, fallback, `one of ${options.join(', ')}`, (value) =>
        options.find((option) => option.toLowerCase() === value.toLowerCase()),
      ),
    flag: (name: string, fallback: boolean) =>
      parse(name, fallback, 'true or false', (value) => ({ true: true, false: false })[value.toLowerCase()]),
  };
}

function parseOrigins(value: string): string[] | undefined {
  const origins = value.split(',').map((origin) => origin.trim().replace(/\/$/, ''));
  return origins.every(
    (origin) => /^https?:$/.test(URL.parse(origin)?.protocol ?? '') && URL.parse(origin)?.origin === origin,
  )
    ? origins
    : undefined;
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
  if (mode === 'cluster')
    problems.push('MOZARELA_MODE: this build has the embedded parts only, so it must be single');
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
    mode: 'single',
    dataDir: resolve(settings.text('MOZARELA_DATA_DIR') ?? 'data'),
    secret,
    http: {
      host: settings.text('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
      port: settings.integer('PORT', 3001, 0, 65_535),
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
    log: {
      level: settings.choice('LOG_LEVEL', 'info', ['silent', 'error', 'warn', 'info', 'debug']),
      format: settings.choice('LOG_FORMAT', 'json', ['json', 'text']),
    },
    unused: EXTERNAL_NAMES.filter((name) => env[name] || env[`${name}_FILE`]),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** The settings of this process. */
export const loadConfig = (): Config => parseConfig(process.env);
