/** Times are stored as integer milliseconds and travel as ISO 8601 UTC. */
export const iso = (ms: number): string => new Date(ms).toISOString();

export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
