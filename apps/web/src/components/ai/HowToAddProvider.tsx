import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import '../../i18n/ai.ts';

/** For installations without a provider: that nothing is missing, and which settings would add one. */
export function HowToAddProvider() {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" fw={600}>
        {t('ai.none.title')}
      </Text>
      <Text size="sm">{t('ai.none.text')}</Text>
      <Text size="sm" mt="sm">
        {t('ai.none.gemini')} <Code>GOOGLE_API_KEY</Code>.
      </Text>
      <Text size="sm" mt={6}>
        {t('ai.none.openai')} <Code>OPENAI_BASE_URL</Code>, <Code>OPENAI_API_KEY</Code>, <Code>AI_MODEL</Code>
        .
      </Text>
      <Text size="sm" mt={6}>
        {t('ai.none.after')}
      </Text>
    </>
  );
}
