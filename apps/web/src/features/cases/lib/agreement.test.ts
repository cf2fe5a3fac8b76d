import { describe, expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';

const named = (id: string, name: string, ...synonyms: string[]) => ({ id, name, synonyms });
const other = (count: number, of: string) =>
  Array.from({ length: count }, (_, index) => named(`${of}-${index}`, `${of} ${index}`));

describe('agreement of two engines', () => {
  const addison = named('hypoadrenocorticism', 'Hypoadrenocorticism', "Addison's disease");

  it('is told by id, and by any name in any spelling', () => {
    const knowledge = [addison, named('gdv', 'Gastric dilatation-volvulus', 'GDV'), ...other(3, 'k')];
    const ai = [
      named('ai-gdv', 'gdv'),
      named('hypoadrenocorticism', 'Hypoadrenocorticism'),
      named('ai-addison-disease', 'Addison disease'),
      ...other(2, 'a'),
    ];
    expect(agreementOf(knowledge, ai)).toEqual({
      of: 5,
      shared: [
        {
          knowledgeId: 'hypoadrenocorticism',
          aiId: 'hypoadrenocorticism',
          name: 'Hypoadrenocorticism',
          knowledgeRank: 1,
          aiRank: 2,
        },
        {
          knowledgeId: 'gdv',
          aiId: 'ai-gdv',
          name: 'Gastric dilatation-volvulus',
          knowledgeRank: 2,
          aiRank: 1,
        },
      ],
    });
  });

  it('counts the first five of each only', () => {
    expect(agreementOf([...other(5, 'k'), addison], [addison, ...other(4, 'a')])?.shared).toEqual([]);
    expect(agreementOf([addison, ...other(9, 'k')], [...other(5, 'a'), addison])?.shared).toEqual([]);
  });

  it('is out of as many as the shorter list has', () => {
    expect(agreementOf([addison, ...other(9, 'k')], [...other(1, 'a'), addison])).toMatchObject({
      of: 2,
      shared: [{ aiRank: 2 }],
    });
    expect(agreementOf([addison], [])).toBeNull();
  });
});
