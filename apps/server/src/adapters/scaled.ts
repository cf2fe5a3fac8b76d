/** The parts that servers provide, each made only when its setting is there; loaded only then. */
import type { Config } from '../config.ts';
import type { Log } from '../telemetry/log.ts';
import type { Parts } from './parts.ts';

/** @returns the parts whose settings are there; the others stay embedded */
export async function scaledParts(_config: Config, _log: Log): Promise<Partial<Parts>> {
  return {};
}
