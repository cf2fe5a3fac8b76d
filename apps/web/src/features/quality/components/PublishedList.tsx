import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PUBLISHED } from '../lib/published.ts';
import classes from './Quality.module.css';

export function PublishedList() {
  const { t } = useTranslation('quality');
  return (
    <ul className={classes.studies}>
      {PUBLISHED.map(({ who, what, figure, url, read }) => (
        <li key={url} className={classes.study}>
          <Anchor href={url} target="_blank" rel="noreferrer" size="sm" fw={600} underline="always">
            {who}
          </Anchor>
          <p>{what}.</p>
          <p>
            <strong>{figure}</strong>
          </p>
          <p>{t('read', { what: read })}</p>
        </li>
      ))}
    </ul>
  );
}
