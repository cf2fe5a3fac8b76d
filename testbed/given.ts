/** Servers that the environment names: they are used as they are, and nobody here may stop them. */
import type { Service } from './process.ts';

/** The service of a server that is not ours: every order to it is refused, but `stop` at the end is harmless. */
export function givenService(name: string): Service {
  const refuse = (): never => {
    throw new Error(`${name} was given by the environment: it is not the test bed's to control`);
  };
  return {
    name,
    pid: undefined,
    logFile: '/dev/null',
    start: async () => refuse(),
    kill: async () => refuse(),
    restart: async () => refuse(),
    freeze: refuse,
    unfreeze: refuse,
    stop: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}
