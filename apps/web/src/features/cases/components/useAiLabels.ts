import type { Analysis } from '@mozarela/contract/analyses';
import { useTranslation } from 'react-i18next';
import type { RowLabels } from '../../../components/result/DifferentialList.tsx';
import '../../../i18n/ai.ts';
import type { Agreement } from '../lib/agreement.ts';

/** How the server marks a diagnosis that the knowledge base does not hold. */
const NOT_KNOWN = 'not in the knowledge base';

/** What stands beside the names in both columns: the rank that the other engine gives, and what it does not know. */
export function useAiLabels(
  agreement: Agreement | null,
  answered: Analysis | undefined,
): { knowledge: RowLabels; ai: RowLabels } {
  const { t } = useTranslation();
  const shared = agreement?.shared ?? [];
  const knowledge = shared.map(({ knowledgeId, aiRank: rank }): [string, string[]] => [
    knowledgeId,
    [t('ai.agreement.inAi', { rank })],
  ]);
  const ai = (answered?.result?.diagnoses ?? []).map(({ id, review }): [string, string[]] => {
    const known = shared.find(({ aiId }) => aiId === id);
    return [
      id,
      [
        ...(known ? [t('ai.agreement.inKnowledge', { rank: known.knowledgeRank })] : []),
        ...(review === NOT_KNOWN ? [t('ai.answer.unknown')] : []),
      ],
    ];
  });
  return { knowledge: new Map(knowledge), ai: new Map(ai) };
}
