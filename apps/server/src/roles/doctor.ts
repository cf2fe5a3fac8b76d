/**
 * `doctor`: a round trip through every configured part, one line each, with what to look at where one fails. Nothing
 * stays behind. Ends with 0 when everything works, else with 1.
 */
import type { Config } from '../config.ts';
import { render } from '../doctor/check.ts';
import { examineAll } from '../doctor/examine-all.ts';
import { explain } from '../doctor/explain.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

export async function start(config: Config): Promise<void> {
  try {
    const findings = await examineAll(config, (finding) => say(render(finding)));
    const failed = findings.filter(({ works }) => !works).length;
    say(failed === 0 ? 'Everything works.' : `${failed} part(s) do not work.`);
    if (failed > 0) process.exitCode = 1;
  } catch (error) {
    say(`FAIL  start: ${explain(error)}`);
    process.exitCode = 1;
  }
}
