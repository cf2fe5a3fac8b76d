import { Anchor, Text, Title } from '@mantine/core';
import type { ConditionPage } from '@mozarela/clinical/reading/condition-page';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './ConditionBody.module.css';

type Props = { page: ConditionPage };

/** Names, animals, and what must be known before reading on. */
export function ConditionHead({ page }: Props) {
  const { t } = useTranslation('conditions');
  const { t: common } = useTranslation();
  const portuguese = [...(page.pt ? [page.pt] : []), ...page.ptSynonyms];
  return (
    <header>
      <Anchor component={Link} to="/conditions" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden />
        {t('back')}
      </Anchor>
      <Title order={1}>{page.name}</Title>
      <ul className={classes.meta} aria-label={t('species')}>
        {page.species.map(({ animal, commonness }) => (
          <li key={animal} className={classes.chip}>
            {t(`animals.${animal}`)}
            <small>{t(`commonness.${String(commonness) as '1'}`)}</small>
          </li>
        ))}
        <li className={classes.chip}>{t(`systems.${page.system}`)}</li>
        {page.urgent && (
          <li className={classes.chip} data-urgent>
            {common('result.urgent')}
          </li>
        )}
      </ul>
      {page.synonyms.length > 0 && (
        <Text size="sm">
          <span className={classes.key}>{t('alsoCalled')}:</span> {page.synonyms.join(', ')}
        </Text>
      )}
      {portuguese.length > 0 && (
        <Text size="sm">
          <span className={classes.key}>{t('portuguese')}:</span>{' '}
          <span lang="pt">{portuguese.join(', ')}</span>
        </Text>
      )}
      <p className={classes.notice}>
        {page.review === 'unreviewed'
          ? common('result.unreviewed')
          : common('result.reviewed', { by: page.review })}
      </p>
      {page.notices.map((notice) => (
        <p key={notice} className={classes.notice}>
          {common(`result.notice.${notice}`)}
        </p>
      ))}
    </header>
  );
}
