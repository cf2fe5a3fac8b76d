/** Ordinal frequency classes, P(finding | condition or other sick animal). Apart from schema.ts so that the engine does not carry zod. */
export const FREQUENCY = { rare: 0.03, uncommon: 0.2, half: 0.5, usual: 0.8, cardinal: 0.95 } as const;
