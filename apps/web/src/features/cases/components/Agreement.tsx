import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import '../../../i18n/ai.ts';
import type { Agreement as Agreed } from '../lib/agreement.ts';
import classes from './EnginePanel.module.css';

/** On how many of their first names two engines agree, and on which. */
export function Agreement({ agreement: { of, shared } }: { agreement: Agreed }) {
  const { t } = useTranslation();
  return (
    <div className={classes.agreement}>
      <Text size="sm" fw={600}>
        {t('ai.agreement.title', { agreed: shared.length, count: of })}
      </Text>
      <Text size="sm" c="dimmed">
        {shared.length > 0
          ? `${shared.map(({ name }) => name).join(', ')}. ${t('ai.agreement.hint')}`
          : t('ai.agreement.none')}
      </Text>
    </div>
  );
}
