/** Fluids other than blood: "abdominocentesis: TP 45" is no plasma protein. */
import type { Abbreviations } from '../knowledge/schema.ts';
import type { Token } from './tokens.ts';

type Fluid = Abbreviations['fluids'][number]['instead'];
export type Fluids = { byFirst: Map<string, { texts: string[]; fluid: Fluid }[]> };

/** Words that return to blood. */
const BLOOD =
  /^(?:serum|blood|plasma|haematology|hematology|cbc|biochemistry|biochem|chemistry|chem|soro|sangue)$/;

/** `read` turns a text into refined tokens. */
export function compileFluids(source: Abbreviations['fluids'], read: (text: string) => Token[]): Fluids {
  const byFirst: Fluids['byFirst'] = new Map();
  for (const { write, instead } of source) {
    for (const name of write) {
      const texts = read(name).map((t) => t.text);
      const list = byFirst.get(texts[0] ?? '') ?? [];
      list.push({ texts, fluid: instead });
      byFirst.set(texts[0] ?? '', list);
    }
  }
  return { byFirst };
}

/** Which analyte each name means where it stands: `meant(at, analyte)`, null when the fluid has no such analyte. */
export function readFluids(fluids: Fluids, tokens: Token[]): (at: number, analyte: string) => string | null {
  const context: (Fluid | null)[] = [];
  let current: Fluid | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const { text } = tokens[at] as Token;
    if (BLOOD.test(text) && tokens[at + 1]?.text !== 'in') current = null;
    current = fluidAt(fluids, tokens, at) ?? current;
    context.push(current);
  }
  return (at, analyte) => {
    const own = context[at]?.[analyte];
    return own === undefined ? analyte : own;
  };
}

function fluidAt({ byFirst }: Fluids, tokens: Token[], at: number): Fluid | null {
  const found = byFirst
    .get((tokens[at] as Token).text)
    ?.find(({ texts }) => texts.every((text, k) => tokens[at + k]?.text === text));
  return found?.fluid ?? null;
}
