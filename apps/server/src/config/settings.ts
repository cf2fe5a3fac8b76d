/** Reads settings by name, from their value or their file, and collects what is wrong with them. */
import { readFileSync } from 'node:fs';

export type Environment = Record<string, string | undefined>;

/** @param problems gets one line for each setting that cannot be used; names only, never values */
export function settingsOf(env: Environment, problems: string[]) {
  const raw = (name: string): string | undefined => {
    const value = env[name] || undefined;
    const file = env[`${name}_FILE`] || undefined;
    if (value !== undefined && file !== undefined) problems.push(`${name} and ${name}_FILE are both set`);
    if (file === undefined) return value;
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch {
      problems.push(`${name}_FILE cannot be read`);
      return undefined;
    }
  };
  const parse = <T>(
    name: string,
    fallback: T,
    expected: string,
    read: (value: string) => T | undefined,
  ): T => {
    const value = raw(name);
    if (value === undefined) return fallback;
    const parsed = read(value);
    if (parsed !== undefined) return parsed;
    problems.push(`${name} must be ${expected}`);
    return fallback;
  };
  return {
    text: raw,
    parse,
    integer: (name: string, fallback: number, min: number, max = Number.MAX_SAFE_INTEGER) =>
      parse(name, fallback, `a whole number from ${min} to ${max}`, (value) => {
        const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
        return number >= min && number <= max ? number : undefined;
      }),
    choice: <const T extends string>(name: string, fallback: T, options: readonly T[]) =>
      parse(name, fallback, `one of ${options.join(', ')}`, (value) =>
        options.find((option) => option.toLowerCase() === value.toLowerCase()),
      ),
    flag: (name: string, fallback: boolean) =>
      parse(name, fallback, 'true or false', (value) => ({ true: true, false: false })[value.toLowerCase()]),
    /** A URL of one of the schemes, as typed. */
    url: (name: string, schemes: string[]) =>
      parse<string | null>(
        name,
        null,
        `a URL that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`,
        (value) => (isUrl(value, schemes) ? value : undefined),
      ),
  };
}

export type Settings = ReturnType<typeof settingsOf>;

/** Several hosts in one URL are more than URL.parse takes: the first one is checked. */
export function isUrl(value: string, schemes: string[]): boolean {
  const [scheme = '', rest = ''] = value.split('://');
  return schemes.includes(scheme) && URL.parse(`http://${rest.replace(/,[^/?@]*(?=[/?]|$)/, '')}`) !== null;
}
