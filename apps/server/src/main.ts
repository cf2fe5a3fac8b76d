/** One program, several roles: `node apps/server/src/main.ts [role]`. A role loads only what it needs. */
import { flushCompileCache } from 'node:module';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { UsageError } from './lib/usage.ts';
import { LaterSchema } from './seams/database/port.ts';

/** `args` are the words after the role's name. A role that ends by itself resolves to nothing. */
type Role = (config: Config, args: string[]) => Promise<{ stop(): Promise<void> } | void>;

const ROLES: Record<string, () => Promise<{ start: Role }>> = {
  all: () => import('./roles/all.ts'),
  api: () => import('./roles/api.ts'),
  worker: () => import('./roles/worker.ts'),
  migrate: () => import('./roles/migrate.ts'),
  import: () => import('./roles/import.ts'),
  move: () => import('./roles/move.ts'),
  doctor: () => import('./roles/doctor.ts'),
  rebuild: () => import('./roles/rebuild.ts'),
  'create-admin': () => import('./roles/create-admin.ts'),
  'reset-password': () => import('./roles/reset-password.ts'),
};

/** Words after these are a mistake: `migrate --dry-run` must not migrate. */
const WITHOUT_WORDS = ['all', 'api', 'worker', 'migrate', 'doctor'];

function stopOn(signals: NodeJS.Signals[], stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of signals)
    process.on(signal, () => {
      // A second signal is somebody who does not want to wait.
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
}

async function main(name = 'all', ...args: string[]): Promise<void> {
  const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
  if (!role) {
    console.error(`There is no role "${name}". Roles: ${Object.keys(ROLES).join(', ')}`);
    process.exit(2);
  }
  if (WITHOUT_WORDS.includes(name) && args.length > 0) throw new UsageError(`${name} takes no more words`);
  const config = loadConfig();
  const { start } = await role();
  // Heard from the start: a signal during start-up waits for it and then stops in order.
  const starting = start(config, args);
  stopOn(['SIGTERM', 'SIGINT'], async () => (await starting)?.stop());
  await starting;
  // With NODE_COMPILE_CACHE the next process starts in half the time, also when this one is killed.
  flushCompileCache();
}

/** What ended the program: in plain words where they are known, else with the frames that led there. */
async function complain(error: unknown): Promise<void> {
  const ours = [ConfigError, UsageError, LaterSchema].some((kind) => error instanceof kind);
  if (ours || (error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return console.error((error as Error).message);
  const { knownCause } = await import('./doctor/explain.ts');
  const cause = knownCause(error);
  if (cause === null) return console.error(error);
  const [first = ''] = error instanceof Error ? error.message.split('\n') : [];
  console.error(`${first ? `${first}: ` : ''}${cause}. \`doctor\` looks at every part.`);
}

main(...process.argv.slice(2)).catch(async (error: unknown) => {
  await complain(error);
  process.exit(1);
});
