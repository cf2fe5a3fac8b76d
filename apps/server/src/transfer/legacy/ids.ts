/** Ids of imported things: the same at every import, sorted by the time of the row. */
import { createHash } from 'node:crypto';
import { idFrom } from '../../ids.ts';

type Kind = 'user' | 'clinic' | 'case' | 'patient' | 'analysis' | 'protocol';

const digest = (kind: Kind, key: string) => createHash('sha256').update(`legacy\0${kind}\0${key}`).digest();

/** @param at milliseconds since 1970; 0 when the original does not say */
export const legacyId = (kind: Kind, key: string, at: number): string => idFrom(at, digest(kind, key));

/** Eight characters that only this row has, for addresses. */
export const shortKey = (kind: Kind, key: string): string => digest(kind, key).toString('hex').slice(0, 8);
