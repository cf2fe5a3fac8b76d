import { Button, Group, Text } from '@mantine/core';
import type { NextQuestion } from '@mozarela/clinical/types';
import { useTranslation } from 'react-i18next';
import classes from './NextQuestions.module.css';

type Props = {
  questions: NextQuestion[];
  /** Called with the answer; without it the questions are only listed. */
  onAnswer?: (finding: string, assertion: 'present' | 'absent') => void;
};

/** What to ask or test next, and between which candidates the answer decides. */
export function NextQuestions({ questions, onAnswer }: Props) {
  const { t } = useTranslation();
  if (questions.length === 0) return null;
  return (
    <section aria-label={t('result.questions')}>
      <h2 className={classes.title}>{t('result.questions')}</h2>
      <Text size="xs" c="dimmed">
        {t('result.questionsHint')}
      </Text>
      <ul className={classes.list}>
        {questions.map(({ finding, question, separates, test }) => (
          <li key={finding} className={classes.item}>
            <div>
              <Text size="sm" fw={550}>
                {question}
              </Text>
              <Text size="xs" c="dimmed">
                {test ? test.name : t('result.noTest')} ·{' '}
                {t('result.separates', { first: separates[0], second: separates[1] })}
              </Text>
            </div>
            {onAnswer && (
              <Group gap={6} wrap="nowrap">
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t('result.answerYes', { question })}
                  onClick={() => onAnswer(finding, 'present')}
                >
                  {t('result.yes')}
                </Button>
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t('result.answerNo', { question })}
                  onClick={() => onAnswer(finding, 'absent')}
                >
                  {t('result.no')}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
