/**
 * Ceph's S3 gateway, the real thing in its smallest form: one monitor, one object store in memory, one
 * gateway. It checks signatures, which small stand-ins do not.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { givenService } from './given.ts';
import { reservePorts } from './ports.ts';
import { createService, run, type Service } from './process.ts';
import { provide } from './provision.ts';
import { randomHex } from './random.ts';
import { createFolder, writeServerFile } from './run-folder.ts';

/**
 * Orders act on the gateway: while it is stopped, S3 is down and the objects are safe. `dispose` ends the
 * store too, and with it the objects.
 */
export interface S3Server extends Service {
  readonly endpoint: string;
  readonly region: string;
  /** A bucket that exists. */
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  createBucket(name?: string): Promise<string>;
  /** Ends gateway, store and monitor. */
  dispose(): Promise<void>;
}

const REGION = 'default';

function configuration(fsid: string, folder: string, ports: { monitor: number; store: number }): string {
  const settings: Record<string, string | number | boolean> = {
    fsid,
    'mon host': `[v2:127.0.0.1:${ports.monitor},v1:127.0.0.1:${ports.monitor + 1}]`,
    'public addr': '127.0.0.1',
    'ms bind port min': ports.store,
    'ms bind port max': ports.store + 19,
    'auth cluster required': 'none',
    'auth service required': 'none',
    'auth client required': 'none',
    // The gateway asks for encryption by default, which does not exist without keys.
    'ms mon client mode': 'crc',
    // One copy of everything on one store.
    'mon allow pool size one': true,
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'osd pool default pg num': 1,
    'osd pool default pg autoscale mode': 'off',
    'osd crush chooseleaf type': 0,
    'osd objectstore': 'memstore',
    'memstore device bytes': 2 * 1024 ** 3,
    // One monitor agrees with itself: the usual second of waiting, for each of ten pools, gains nothing.
    'paxos propose interval': 0.02,
    'paxos min wait': 0.01,
    'mon data avail crit': 0,
    'rgw thread pool size': 64,
    // Nobody shares the cache, and a killed gateway's part in it would block its successor for 30 s.
    'rgw cache enabled': false,
    // Its sleeping threads would make every stop take five seconds.
    'rgw enable lc threads': false,
    'rgw enable quota threads': false,
    'mon data': createFolder('ceph-mon'),
    'osd data': createFolder('ceph-osd'),
    'rgw data': createFolder('radosgw'),
    'run dir': folder,
    'crash dir': folder,
    'admin socket': '',
    'log file': '',
    'log to stderr': true,
    'err to stderr': true,
    'debug rgw': '0/0',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `[global]\n${lines.join('\n')}\n`;
}

/** Makes a bucket on a server that others use as well; answers its name. */
export async function createBucket(
  server: Pick<S3Server, 'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey'>,
  name = `test-${randomHex()}`,
): Promise<string> {
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } finally {
    client.destroy();
  }
  return name;
}

interface Ceph {
  folder: string;
  programs: (program: string) => string;
  flags: string[];
}

/** Prepares the monitor with a map of one store, which spares an administrator's commands later. */
async function prepareMonitor({ folder, programs, flags }: Ceph, fsid: string, port: number): Promise<void> {
  const [monitors, stores] = [join(folder, 'monmap'), join(folder, 'osdmap')];
  const addresses = `[v2:127.0.0.1:${port},v1:127.0.0.1:${port + 1}]`;
  await run(programs('monmaptool'), ['--create', '--fsid', fsid, '--addv', 'a', addresses, monitors], {
    folder,
  });
  await run(programs('osdmaptool'), [...flags, '--createsimple', '1', stores, '--clobber'], { folder });
  const maps = ['--monmap', monitors, '--osdmap', stores];
  await run(programs('ceph-mon'), [...flags, '--mkfs', '-i', 'a', ...maps], { folder });
}

const STORE_UP = /state: booting -> active/;

/** Starts what is behind the gateway. */
async function startStore(ceph: Ceph): Promise<Service[]> {
  const { folder, programs, flags } = ceph;
  const monitor = createService({
    name: 'ceph-mon',
    folder,
    command: programs('ceph-mon'),
    args: [...flags, '-i', 'a', '-f'],
    ready: async () => true,
  });
  await monitor.start();
  await run(programs('ceph-osd'), [...flags, '-i', '0', '--mkfs', '--osd-uuid', randomUUID()], { folder });
  const store = createService({
    name: 'ceph-osd',
    folder,
    command: programs('ceph-osd'),
    args: [...flags, '-i', '0', '-f'],
    ready: async () => STORE_UP.test(await readFile(store.logFile, 'utf8')),
  });
  // The monitor may not have published its map yet: the store then says "wrong fsid" and ends.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.start();
      return [store, monitor];
    } catch (error) {
      if (attempt === 5 || !/fsid/.test(String(error))) {
        await monitor.stop();
        throw error;
      }
    }
  }
}

function useGivenS3(endpoint: string): S3Server {
  const setting = (name: string) => {
    const value = process.env[name];
    if (!value) throw new Error(`TESTBED_S3_ENDPOINT needs ${name} beside it`);
    return value;
  };
  const account = {
    endpoint,
    region: process.env.TESTBED_S3_REGION ?? REGION,
    accessKeyId: setting('TESTBED_S3_ACCESS_KEY_ID'),
    secretAccessKey: setting('TESTBED_S3_SECRET_ACCESS_KEY'),
  };
  return {
    ...givenService('s3'),
    ...account,
    bucket: setting('TESTBED_S3_BUCKET'),
    createBucket: (name) => createBucket(account, name),
    dispose: async () => {},
  };
}

/** Starts a private S3 server with one user and one bucket, or takes the one that TESTBED_S3_ENDPOINT names. */
export async function startS3(): Promise<S3Server> {
  if (process.env.TESTBED_S3_ENDPOINT) return useGivenS3(process.env.TESTBED_S3_ENDPOINT);
  const programs = await provide('rgw');
  const folder = createFolder('ceph');
  const port = await reservePorts(23);
  const fsid = randomUUID();
  const file = join(folder, 'ceph.conf');
  writeServerFile(file, configuration(fsid, folder, { monitor: port + 1, store: port + 3 }));
  const ceph: Ceph = { folder, programs, flags: ['-c', file] };
  await prepareMonitor(ceph, fsid, port + 1);
  const behind = await startStore(ceph);

  const account = {
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    accessKeyId: randomHex(),
    secretAccessKey: randomHex(),
  };
  const gateway = createService({
    name: 'radosgw',
    folder,
    command: programs('radosgw'),
    args: ['-c', file, '-n', 'client.rgw', '--rgw-frontends', `beast endpoint=127.0.0.1:${port}`, '-f'],
    ready: async () => (await fetch(account.endpoint)).ok,
  });
  async function dispose(): Promise<void> {
    await gateway.stop();
    for (const service of behind) await service.stop();
  }
  try {
    const keys = ['--access-key', account.accessKeyId, '--secret-key', account.secretAccessKey];
    const user = ['user', 'create', '--uid', 'mozarela', '--display-name', 'Mozarela', ...keys];
    await run(programs('radosgw-admin'), [...ceph.flags, ...user], { folder });
    await gateway.start();
    return Object.assign(gateway, {
      ...account,
      bucket: await createBucket(account),
      createBucket: (name?: string) => createBucket(account, name),
      dispose,
      [Symbol.asyncDispose]: dispose,
    });
  } catch (error) {
    await dispose();
    throw error;
  }
}
