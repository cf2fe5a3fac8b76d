import { Skeleton, Switch, Text } from '@mantine/core';
import type { AiSettings } from '@mozarela/contract/ai';
import { useTranslation } from 'react-i18next';
import { HowToAddProvider } from '../../../components/ai/HowToAddProvider.tsx';
import { ProviderTerms } from '../../../components/ai/ProviderTerms.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useAiSettings } from '../../../lib/aiSettings.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { usePutAiSettings } from '../api/putAiSettings.ts';

const PARTS = ['leaves', 'redacted', 'uncertain', 'kept'] as const;

/** The clinic's switch for language models, with what it means before it is turned. */
export function AiPanel() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useAiSettings();
  if (isPending) return <Skeleton h={200} />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  const { configured, provider, usage } = data;
  return (
    <>
      <Text size="sm">{t('ai.what')}</Text>
      {configured || data.enabled ? (
        <AllowSwitch settings={data} />
      ) : (
        <div>
          <HowToAddProvider />
        </div>
      )}
      {provider && <ProviderTerms provider={provider} />}
      {PARTS.map((part) => (
        <section key={part}>
          <Text component="h3" size="sm" fw={650} m={0}>
            {t(`ai.clinic.${part}Title`)}
          </Text>
          <Text size="sm">{t(`ai.clinic.${part}`)}</Text>
        </section>
      ))}
      {configured && (
        <section>
          <Text component="h3" size="sm" fw={650} m={0}>
            {t('ai.clinic.usageTitle')}
          </Text>
          <Text size="sm">
            {t('ai.clinic.usage', {
              calls: usage.calls,
              hits: usage.hits,
              tokens: usage.tokens.toLocaleString('en'),
              limit: usage.tokensPerDay.toLocaleString('en'),
            })}
          </Text>
        </section>
      )}
    </>
  );
}

function AllowSwitch({ settings: { enabled, mayChange } }: { settings: AiSettings }) {
  const { t } = useTranslation();
  const put = usePutAiSettings();
  return (
    <div>
      {put.error && <ErrorState error={put.error} />}
      <Switch
        size="md"
        label={t('ai.clinic.allow')}
        description={t(mayChange ? 'ai.clinic.allowHint' : 'ai.clinic.ownerOnly')}
        checked={put.isPending ? put.variables : enabled}
        disabled={!mayChange || put.isPending}
        onChange={(event) =>
          put.mutate(event.currentTarget.checked, {
            onSuccess: (settings) => notifyDone(t(settings.enabled ? 'ai.clinic.on' : 'ai.clinic.offDone')),
          })
        }
      />
    </div>
  );
}
