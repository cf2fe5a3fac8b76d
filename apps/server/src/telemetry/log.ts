/**
 * Structured logs: one JSON object a line, with request ids and sizes, never the content of a case, a token or a
 * password. Nothing that a person typed is passed to the log in the first place; `describeError` sees to errors.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

export type Log = Logger;

/** Errors whose message quotes what was parsed. */
const QUOTING = new Set(['SyntaxError', 'ZodError']);

/** What the log may say of an error: its kind, code, message and frames, without quoted input. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    ...('code' in error && { code: error.code }),
    ...(!QUOTING.has(name) && { message }),
    frames: frames?.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}

/** For eyes rather than machines: `LOG_FORMAT=text`. */
function textLines(target: DestinationStream): DestinationStream {
  return {
    write(line) {
      const { level, time, msg, ...rest } = JSON.parse(line);
      const details = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
      target.write(`${time} ${level} ${msg} ${details.join(' ')}\n`);
    },
  };
}

/** @param target where lines go; standard output when absent */
export function createLog(config: Config['log'], target: DestinationStream = pino.destination(1)): Log {
  return pino(
    {
      level: config.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: ['*.password', '*.token', '*.authorization', '*.cookie'],
    },
    config.format === 'text' ? textLines(target) : target,
  );
}
