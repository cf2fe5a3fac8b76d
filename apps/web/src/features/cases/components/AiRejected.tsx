import { Text } from '@mantine/core';
import type { AnalysisResult } from '@mozarela/contract/analyses';
import { useTranslation } from 'react-i18next';
import classes from './EnginePanel.module.css';

type Rejected = NonNullable<AnalysisResult['rejected']>;

/** What the checks took out of a model's answer, and why; folded, for those who want to know. */
export function AiRejected({ rejected }: { rejected: Rejected }) {
  const { t } = useTranslation();
  if (rejected.length === 0)
    return (
      <Text size="xs" c="dimmed" mt="sm">
        {t('ai.answer.rejectedNone')}
      </Text>
    );
  const entries = new Map(rejected.map((entry) => [`${entry.kind} ${entry.text} ${entry.reason}`, entry]));
  return (
    <details className={classes.more}>
      <summary>{t('ai.answer.rejected', { count: entries.size })}</summary>
      <ul>
        {[...entries].map(([key, { kind, text, reason }]) => (
          <li key={key}>
            {t(`ai.answer.rejectedKind.${kind}`)}
            {text && (
              <>
                {' '}
                <q>{text}</q>
              </>
            )}
            : {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
