/** Before the tests of a cluster: its servers, with a Redis Cluster, once for all files. */
import type { TestProject } from 'vitest/node';
import './provided.ts';
import { startServers } from './servers.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers({ redis: 'cluster' });
  project.provide('servers', servers.settings);
  return () => servers.stop();
}
