import { Text } from '@mantine/core';
import type { ConditionPage } from '@mozarela/clinical/reading/condition-page';
import { useTranslation } from 'react-i18next';
import { Card } from './Card.tsx';
import classes from './ConditionBody.module.css';

type Props = { signalment: ConditionPage['signalment'] };

/** Years as people say them: weeks, months, years. */
function useAgeWords(): (years: number) => string {
  const { t } = useTranslation('conditions');
  return (years) => {
    if (years === 0) return t('birth');
    if (years < 2 / 12) return t('weeks', { count: Math.max(1, Math.round(years * 52)) });
    if (years < 1.5 && years !== 1) return t('months', { count: Math.round(years * 12) });
    return t('years', { count: Math.round(years * 10) / 10 });
  };
}

/** Multipliers near one are no news. */
const MORE = 1.1;
const LESS = 0.9;

export function SignalmentCard({ signalment: { age, sex, breeds } }: Props) {
  const { t } = useTranslation('conditions');
  const { t: common } = useTranslation();
  const ageWords = useAgeWords();
  const sexes = (test: (multiplier: number) => boolean) =>
    sex.filter(({ multiplier }) => test(multiplier)).map((one) => common(`sex.${one.sex}`).toLowerCase());
  const breedsOf = (test: (multiplier: number) => boolean) =>
    breeds
      .filter(({ multiplier }) => test(multiplier))
      .map(({ name, multiplier }) => `${name} ×${multiplier}`);
  const lines = [
    { topic: 'sex', text: 'sexMore', list: sexes((m) => m >= MORE) },
    { topic: 'sex', text: 'sexLess', list: sexes((m) => m > 0 && m <= LESS) },
    { topic: 'sex', text: 'sexNever', list: sexes((m) => m === 0) },
    { topic: 'breeds', text: 'breedsMore', list: breedsOf((m) => m >= MORE) },
    { topic: 'breeds', text: 'breedsLess', list: breedsOf((m) => m <= LESS) },
  ] as const;
  const told = lines.filter(({ list }) => list.length > 0);
  const [begin = 0, from = 0, to = 0, end = 0] = age ?? [];
  const ages = { begin: ageWords(begin), from: ageWords(from), to: ageWords(to), end: ageWords(end) };
  return (
    <Card title={t('who')}>
      <dl className={classes.signs} data-narrow>
        {age && (
          <div className={classes.pair}>
            <dt>{t('age')}</dt>
            <dd>{begin === 0 ? t('ageFromBirth', ages) : t('ageText', ages)}</dd>
          </div>
        )}
        {(['sex', 'breeds'] as const).map((topic) => {
          const own = told.filter((line) => line.topic === topic);
          return own.length === 0 ? null : (
            <div key={topic} className={classes.pair}>
              <dt>{t(topic)}</dt>
              <dd>
                {own.map(({ text, list }) => (
                  <div key={text}>{t(text, { list: list.join(', ') })}</div>
                ))}
              </dd>
            </div>
          );
        })}
      </dl>
      {!age && told.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noSignalment')}
        </Text>
      )}
    </Card>
  );
}
