import { Anchor, Text } from '@mantine/core';
import type { LookAlike } from '@mozarela/clinical/reading/look-alikes';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from './Card.tsx';
import classes from './ConditionBody.module.css';

type Props = { lookAlikes: LookAlike[] };

export function LookAlikes({ lookAlikes }: Props) {
  const { t } = useTranslation('conditions');
  return (
    <Card title={t('lookAlikes')} hint={t('lookAlikesHint')}>
      {lookAlikes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noLookAlikes')}
        </Text>
      )}
      <ul className={classes.alikes}>
        {lookAlikes.map(({ id, name, shared, apart }) => (
          <li key={id} className={classes.alike}>
            <Anchor component={Link} to={`/conditions/${id}`} size="sm">
              {name}
            </Anchor>
            <p>
              <span className={classes.key}>{t('shared')}:</span> {shared.join(', ')}
            </p>
            {apart.length > 0 && (
              <p>
                <span className={classes.key}>{t('apart')}:</span> {apart.join(', ')}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
