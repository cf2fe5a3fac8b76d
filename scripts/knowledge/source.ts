/** Reads the YAML of `knowledge/` and keeps the line of every value, so that a mistake can be shown where it is. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';

export type Path = readonly (string | number)[];

export type Problem = {
  level: 'error' | 'warning';
  /** Relative to the knowledge folder. */
  file: string;
  line: number | null;
  message: string;
};

/** One parsed file. `lineOf` gives the line of the value at a path, or of its nearest ancestor. */
export type SourceFile = {
  file: string;
  text: string;
  value: unknown;
  lineOf: (path: Path) => number | null;
};

/** Names of the YAML files under `root`, sorted, relative with `/`. */
export function listYaml(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && statSync(join(root, name)).isFile())
    .map((name) => name.split(sep).join('/'))
    .sort();
}

/** Parses one file; syntax errors and duplicate keys become problems and the value `undefined`. */
export function readYaml(root: string, file: string, problems: Problem[]): SourceFile {
  const text = readFileSync(join(root, file), 'utf8');
  const counter = new LineCounter();
  const doc = parseDocument(text, { lineCounter: counter });
  for (const error of doc.errors) {
    const line = counter.linePos(error.pos[0]).line;
    problems.push({ level: 'error', file, line, message: error.message.replace(/ at line[\s\S]*/, '') });
  }
  const lineOf = (path: Path): number | null => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? doc.contents : doc.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return null;
  };
  return { file, text, value: doc.errors.length > 0 ? undefined : doc.toJS(), lineOf };
}
