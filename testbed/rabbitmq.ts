/** RabbitMQ: one private node with its own port mapper, virtual host and user. */

import { join } from 'node:path';
import { connect } from 'amqplib';
import { givenService } from './given.ts';
import { reservePorts } from './ports.ts';
import { createService, type Service } from './process.ts';
import { provide } from './provision.ts';
import { randomHex } from './random.ts';
import { createFolder, writeServerFile } from './run-folder.ts';

export interface RabbitMq extends Service {
  readonly host: string;
  readonly port: number;
  /** `amqp://` with user, password and virtual host. */
  readonly url: string;
}

const USER = 'mozarela';
const VHOST = 'mozarela';

function configuration(port: number, password: string): string {
  return [
    'listeners.tcp.1 = 127.0.0.1:'.concat(String(port)),
    `default_user = ${USER}`,
    `default_pass = ${password}`,
    `default_vhost = ${VHOST}`,
    // The watermark of a machine that does other things as well.
    'vm_memory_high_watermark.absolute = 512MB',
    'disk_free_limit.absolute = 50MB',
    'log.console = true',
    'log.console.level = warning',
    'log.file = false',
    '',
  ].join('\n');
}

function environment(folder: string, ports: { epmd: number; amqp: number; distribution: number }) {
  const config = join(folder, 'rabbitmq.conf');
  const plugins = join(folder, 'plugins');
  writeServerFile(plugins, '[].\n');
  // An empty one: the file of an installed service must not change this node.
  const serviceSettings = join(folder, 'rabbitmq-env.conf');
  writeServerFile(serviceSettings, '');
  return {
    RABBITMQ_NODENAME: `testbed-${ports.amqp}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_CONF_ENV_FILE: serviceSettings,
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'generated'),
    // Makes the start script become the server instead of watching it: signals then reach the server.
    RUNNING_UNDER_SYSTEMD: 'true',
    // One scheduler that sleeps instead of spinning: the machine's cores belong to the tests.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -start_epmd false',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
}

async function accepts(url: string): Promise<boolean> {
  const connection = await connect(url, { timeout: 3_000 });
  await connection.close();
  return true;
}

/** Starts a private RabbitMQ, or takes the one that TESTBED_AMQP_URL names. */
export async function startRabbitMq(): Promise<RabbitMq> {
  const given = process.env.TESTBED_AMQP_URL;
  if (given) {
    const { hostname, port } = new URL(given);
    return { ...givenService('rabbitmq'), host: hostname, port: Number(port || 5672), url: given };
  }
  const programs = await provide('rabbitmq');
  const folder = createFolder('rabbitmq');
  const first = await reservePorts(3);
  const ports = { epmd: first, amqp: first + 1, distribution: first + 2 };
  const password = randomHex();
  const url = `amqp://${USER}:${password}@127.0.0.1:${ports.amqp}/${VHOST}`;
  const env = environment(folder, ports);
  writeServerFile(env.RABBITMQ_CONFIG_FILE, configuration(ports.amqp, password));

  // Erlang starts its port mapper as a daemon that outlives it; ours is a child that we end.
  const mapper = createService({
    name: 'epmd',
    folder,
    command: programs('epmd'),
    args: ['-port', env.ERL_EPMD_PORT, '-address', '127.0.0.1'],
    env,
    ready: async () => true,
  });
  const node = createService({
    name: 'rabbitmq',
    folder,
    command: programs('rabbitmq-server'),
    args: [],
    env,
    ready: () => accepts(url),
    readyWithinMs: 60_000,
    stopWithinMs: 20_000,
  });
  const { start, stop } = node;
  const rabbit = Object.assign(node, {
    host: '127.0.0.1',
    port: ports.amqp,
    url,
    async start() {
      await mapper.start();
      await start();
    },
    async stop() {
      await stop();
      await mapper.stop();
    },
  });
  await rabbit.start();
  return rabbit;
}
