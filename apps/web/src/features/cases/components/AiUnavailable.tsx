import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { HowToAddProvider } from '../../../components/ai/HowToAddProvider.tsx';
import classes from './EnginePanel.module.css';

/** This installation has no provider. */
export function AiNotConfigured() {
  return (
    <div className={classes.note}>
      <HowToAddProvider />
    </div>
  );
}

/** The clinic has not switched it on, which is how every clinic begins. */
export function AiNotAllowed({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.note}>
      <Text size="sm" fw={600}>
        {t('ai.off.title')}
      </Text>
      <Text size="sm">
        {t('ai.what')} {t('ai.off.text')}
      </Text>
      <Text size="sm" mt={6}>
        {t(mayChange ? 'ai.off.owner' : 'ai.off.others')}{' '}
        <Anchor component={Link} to="/clinic" underline="always">
          {t('ai.off.toSettings')}
        </Anchor>
      </Text>
    </div>
  );
}
