import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../../testbed/postgres.ts';
import { type RabbitMq, startRabbitMq } from '../../../../testbed/rabbitmq.ts';
import { type SingleRedis, startRedis } from '../../../../testbed/redis.ts';
import { type S3Server, startS3 } from '../../../../testbed/rgw.ts';
import { parseConfig } from '../config.ts';
import { createContainer } from '../container.ts';
import { examineAll } from './examine-all.ts';

let pg: Postgres;
let redis: SingleRedis;
let rabbit: RabbitMq;
let s3: S3Server;
let env: Record<string, string>;

beforeAll(async () => {
  pg = await startPostgres({ replicas: 1 });
  redis = await startRedis({ password: 'private' });
  rabbit = await startRabbitMq();
  s3 = await startS3();
  env = {
    DATABASE_URL: pg.url(),
    DATABASE_DIRECT_URL: pg.url(),
    DATABASE_REPLICA_URLS: pg.replicas.map((replica) => replica.url()).join(' '),
    REDIS_URL: redis.url,
    AMQP_URL: rabbit.url,
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
  const logTarget = new Writable({ write: (_chunk, _encoding, done) => done() });
  const container = await createContainer(parseConfig(env), { logTarget });
  await container.database.migrate();
  await container.close();
});
afterAll(async () => {
  await s3?.dispose();
  await rabbit?.stop();
  await redis?.stop();
  await pg?.stop();
});

async function failing(overrides: Record<string, string> = {}): Promise<string[]> {
  const findings = await examineAll(parseConfig({ ...env, ...overrides }), () => {});
  return findings.filter(({ works }) => !works).map(({ part, text }) => `${part}: ${text}`);
}

describe('doctor, with real servers', () => {
  it('finds that everything works', async () => {
    const findings = await examineAll(parseConfig(env), () => {});
    expect(findings.filter(({ works }) => !works)).toEqual([]);
    expect(findings.map(({ part }) => part)).toEqual(
      expect.arrayContaining([
        'database',
        'database, direct',
        'replica 1',
        'limits',
        'cache',
        'hints',
        'queue',
      ]),
    );
  });

  it('tells a wrong password, a database that is not there, and a primary among the replicas', async () => {
    const wrong = new URL(pg.url());
    wrong.password = 'wrong';
    expect(await failing({ DATABASE_URL: wrong.href })).toEqual([
      expect.stringContaining('database: the password is wrong'),
    ]);
    expect(await failing({ DATABASE_DIRECT_URL: pg.url('nowhere') })).toEqual([
      expect.stringContaining('database, direct: that database does not exist'),
    ]);
    expect(await failing({ S3_SECRET_ACCESS_KEY: 'wrong' })).toEqual([
      expect.stringContaining('files: the access key is not accepted'),
    ]);
    expect(await failing({ S3_BUCKET: 'nowhere' })).toEqual([
      expect.stringContaining('files: the bucket does not exist'),
    ]);
    const stranger = new URL(rabbit.url);
    stranger.password = 'wrong';
    expect(await failing({ AMQP_URL: stranger.href })).toEqual([
      expect.stringContaining('events: the user, the password or the virtual host is wrong'),
    ]);
    expect(await failing({ DATABASE_REPLICA_URLS: pg.url() })).toEqual([
      expect.stringContaining('replica 1: that server is not a replica'),
    ]);
  });

  it('tells parts that are down apart from those that work', async () => {
    await redis.kill();
    await pg.replicas[0]?.kill();
    const parts = (await failing()).map((line) => line.split(':')[0]);
    expect(parts).toEqual(expect.arrayContaining(['replica 1', 'limits', 'cache', 'hints']));
    expect(parts).not.toContain('database');
  });
});
