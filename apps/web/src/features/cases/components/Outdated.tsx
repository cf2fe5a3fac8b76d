import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './EnginePanel.module.css';

/** Above an answer to what the case was before it was changed. */
export function Outdated() {
  const { t } = useTranslation();
  return (
    <Text size="sm" fw={600} my="xs" className={classes.caution}>
      {t('cases.engines.outdated')}
    </Text>
  );
}
