/** Server-Sent Events: a stream that tells what happens until the listener leaves, may not listen any more, or we stop. */
import { Readable } from 'node:stream';
import type { Ports } from '../ports.ts';
import { describeError } from '../telemetry/log.ts';

export type ServerEvent = {
  /** What the browser sends back as Last-Event-ID; it must not contain a line break. */
  id?: string;
  event: string;
  data: unknown;
};

export type EventSource = {
  /** Begins to tell; what it answers ends that. `finish` ends the stream after what was sent before it. */
  open(send: (event: ServerEvent) => void, finish: () => void): Promise<() => Promise<void>>;
  /** Asked before each event and at each heartbeat: false ends the stream. */
  mayListen(): Promise<boolean>;
  /** With each heartbeat: finds what no hint has told. Whoever must look at other times has a clock of his own. */
  onBeat?(): Promise<void>;
};

/** Proxies close what is silent for a minute or less. */
const BEAT_MS = 15_000;
const RETRY_MS = 2_000;
/** A reader that is that far behind begins anew. */
const MOST_BUFFERED = 256 * 1024;

export const sseHeaders = { 'X-Accel-Buffering': 'no', 'Cache-Control': 'no-store, no-transform' };

const format = ({ id, event, data }: ServerEvent): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** @returns the body of the answer, of type text/event-stream */
export function eventStream({ draining, log }: Ports, source: EventSource, beatMs = BEAT_MS): Readable {
  let close = async () => {};
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const stream = new Readable({
    read() {},
    destroy(error, done) {
      end();
      done(error);
    },
  });
  const over = () => stream.destroyed || stream.readableEnded || ended;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    draining.removeEventListener('abort', end);
    stream.push(null);
    close().catch((error: unknown) => log.debug({ error: describeError(error) }, 'subscription not ended'));
  }

  /** One after another, so that events keep their order. */
  function inTurn(work: () => Promise<string | undefined>): void {
    last = last.then(async () => {
      if (over()) return;
      try {
        if (!(await source.mayListen())) return end();
        const text = await work();
        if (text === undefined || over()) return;
        stream.push(text);
        if (stream.readableLength > MOST_BUFFERED) end();
      } catch (error) {
        log.warn({ error: describeError(error) }, 'event stream ended');
        end();
      }
    });
  }

  stream.push(`retry: ${RETRY_MS}\n\n`);
  draining.addEventListener('abort', end);
  if (draining.aborted) end();
  timer = setInterval(
    () =>
      inTurn(async () => {
        await source.onBeat?.();
        return ': beat\n\n';
      }),
    beatMs,
  );
  source
    .open(
      (event) => inTurn(async () => format(event)),
      () =>
        inTurn(async () => {
          end();
          return undefined;
        }),
    )
    .then(
      (opened) => {
        close = opened;
        if (ended) return opened();
      },
      (error: unknown) => {
        log.warn({ error: describeError(error) }, 'event stream not opened');
        end();
      },
    )
    .catch(() => {});
  return stream;
}
