/** Every route of the contract, for the generator of openapi.json and for the test that all of them are bound. */
import * as admin from './admin.ts';
import * as ai from './ai.ts';
import * as analyses from './analyses.ts';
import * as attachments from './attachments.ts';
import * as auth from './auth.ts';
import * as cases from './cases.ts';
import * as docs from './docs.ts';
import * as health from './health.ts';
import * as protocols from './protocols.ts';
import * as reports from './reports.ts';
import type { RouteDefinition } from './route.ts';
import * as statistics from './statistics.ts';

function isRoute(value: unknown): value is RouteDefinition {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}

/** Operation id (the name of the export) -> definition. */
export const routes: Record<string, RouteDefinition> = Object.fromEntries(
  [auth, cases, attachments, analyses, ai, protocols, reports, statistics, admin, health, docs].flatMap(
    (feature) =>
      Object.entries(feature).filter((entry): entry is [string, RouteDefinition] => isRoute(entry[1])),
  ),
);
