/** A TCP proxy on loopback that adds latency, cuts connections or swallows bytes: the network at its worst. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Target {
  host: string;
  port: number;
}

export interface TcpProxy extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Connections open now. */
  connections(): number;
  /** Delays every chunk, each way; a round trip takes twice as long. */
  setLatency(milliseconds: number): void;
  /** Breaks all connections and refuses new ones by resetting them, as a dead host behind a live router. */
  cut(): void;
  /**
   * Holds all bytes back, both ways; connections stay open and new ones open but get no answer, as in a
   * partition. What was held back is delivered after `restore`, as TCP would retransmit it.
   */
  blackhole(): void;
  /** Ends `cut` and `blackhole`; latency stays. */
  restore(): void;
  /** Leads new connections elsewhere; open ones stay. */
  retarget(target: Target): void;
  stop(): Promise<void>;
}

type Mode = 'pass' | 'cut' | 'blackhole';

/** One direction of one connection: a queue, so that latency never reorders bytes. */
interface Lane {
  from: Socket;
  to: Socket;
  held: (Buffer | null)[];
}

/**
 * Starts a proxy in front of a server.
 * @param target where connections go
 * @param options.latency milliseconds each way, 0 if not given
 */
export async function startTcpProxy(target: Target, options: { latency?: number } = {}): Promise<TcpProxy> {
  let mode: Mode = 'pass';
  let latency = options.latency ?? 0;
  let upstream = target;
  const lanes = new Set<Lane>();

  function deliver(lane: Lane, chunk: Buffer | null): void {
    if (mode === 'blackhole') {
      lane.held.push(chunk);
    } else if (chunk === null) {
      lane.to.end();
    } else if (!lane.to.destroyed && !lane.to.write(chunk)) {
      lane.from.pause();
      lane.to.once('drain', () => lane.from.resume());
    }
  }

  function join(from: Socket, to: Socket): void {
    const lane: Lane = { from, to, held: [] };
    // Timers of equal length fire in order; a shorter latency set meanwhile must not overtake a longer one.
    let lastDue = 0;
    const send = (chunk: Buffer | null) => {
      const now = performance.now();
      lastDue = Math.max(lastDue, now + latency);
      if (lastDue <= now) deliver(lane, chunk);
      else setTimeout(deliver, lastDue - now, lane, chunk);
    };
    lanes.add(lane);
    from.on('data', send);
    from.on('end', () => send(null));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      lanes.delete(lane);
      if (from.errored) to.destroy();
    });
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (mode === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const remote = connect({ ...upstream, allowHalfOpen: true });
    client.setNoDelay(true);
    remote.setNoDelay(true);
    join(client, remote);
    join(remote, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function breakAll(): void {
    for (const { from } of lanes) from.resetAndDestroy();
  }

  function flush(): void {
    for (const lane of lanes) for (const chunk of lane.held.splice(0)) deliver(lane, chunk);
  }

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    breakAll();
    await closed;
  }

  return {
    host: '127.0.0.1',
    port,
    connections: () => lanes.size / 2,
    setLatency(milliseconds) {
      latency = milliseconds;
    },
    cut() {
      mode = 'cut';
      breakAll();
    },
    blackhole() {
      mode = 'blackhole';
    },
    restore() {
      mode = 'pass';
      flush();
    },
    retarget(to) {
      upstream = to;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
