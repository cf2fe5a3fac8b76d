/** Every part that a configuration names. */
import type { Config } from '../config.ts';
import { type Container, createContainer } from '../container.ts';
import { aiChecks } from './ai.ts';
import { type Check, examine, type Finding } from './check.ts';
import { databaseChecks, type OpenServer } from './database.ts';
import { eventChecks } from './events.ts';
import { fileChecks } from './files.ts';
import { sharedChecks } from './shared.ts';

/** What the parts would log is what the findings say. */
const SILENT = { logTarget: { write: () => {} } };

async function checksOf(container: Container): Promise<Check[]> {
  const { ai, config, database, blobs, events, log } = container;
  const parts = config.parts.database;
  const open: OpenServer = parts
    ? await import('../adapters/target.ts').then(
        ({ targetDatabase }) =>
          (url) =>
            targetDatabase(url, log),
      )
    : () => database;
  return [
    ...databaseChecks(database, parts, open),
    ...sharedChecks(container),
    ...fileChecks(blobs),
    ...eventChecks(events, config.parts.amqpUrl),
    ...aiChecks(ai),
  ];
}

/**
 * Examines one part after the other.
 * @param tell hears each finding at once
 * @throws Error when a part cannot even be made
 */
export async function examineAll(config: Config, tell: (finding: Finding) => void): Promise<Finding[]> {
  const container = await createContainer(config, SILENT);
  try {
    const findings: Finding[] = [];
    for (const check of await checksOf(container)) {
      const finding = await examine(check);
      tell(finding);
      findings.push(finding);
    }
    return findings;
  } finally {
    await container.close();
  }
}
