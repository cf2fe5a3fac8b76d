/** Every migration that all databases share, by name; they run in the order of their names. */
import type { Migration } from 'kysely/migration';
import * as foundation from './001-foundation.ts';
import * as queue from './002-queue.ts';
import * as attachments from './003-attachments.ts';
import * as events from './004-events.ts';
import * as legacy from './005-legacy.ts';
import * as reports from './006-reports.ts';
import * as ai from './007-ai.ts';
import * as aiRequests from './008-ai-requests.ts';
import * as authors from './009-authors.ts';

export const sharedMigrations: Record<string, Migration> = {
  '001-foundation': foundation,
  '002-queue': queue,
  '003-attachments': attachments,
  '004-events': events,
  '005-legacy': legacy,
  '006-reports': reports,
  '007-ai': ai,
  '008-ai-requests': aiRequests,
  '009-authors': authors,
};
