/** What an event adds to the statistics: pure, for the consumer and for a rebuild alike. */

/** An event as the statistics see it. */
export type CountedEvent = { seq: number; type: string; at: number /** As stored. */; data: string };

export const COUNTERS = ['created', 'signed', 'deleted', 'restored', 'outcomes'] as const;
export type Counter = (typeof COUNTERS)[number];

const COUNTER_OF: Record<string, Counter> = {
  'case.created': 'created',
  'case.signed': 'signed',
  'case.deleted': 'deleted',
  'case.restored': 'restored',
  'outcome.recorded': 'outcomes',
};

/** Of a case whose first event does not say. */
export const UNKNOWN_SPECIES = 'unknown';

export type Increment = { day: string; species: string; counter: Counter };

/**
 * Folds events of one case, in order. An event counts on its day (UTC) for the species that the case had after it;
 * a later correction of the species moves nothing that was counted.
 * @param species before the first of the events
 */
export function fold(species: string, events: CountedEvent[]): { species: string; increments: Increment[] } {
  let current = species;
  const increments: Increment[] = [];
  for (const { type, at, data } of events) {
    if (type === 'case.created' || type === 'case.changed')
      current = (JSON.parse(data) as { species?: string }).species ?? current;
    const counter = COUNTER_OF[type];
    if (counter) increments.push({ day: new Date(at).toISOString().slice(0, 10), species: current, counter });
  }
  return { species: current, increments };
}
