import { Text } from '@mantine/core';
import type { Signalment } from '@mozarela/clinical/types';
import { useTranslation } from 'react-i18next';

type Props = { signalment: Signalment };

const MONTHS_BELOW_YEARS = 2;

/** Species, sex, age and weight as the engine understood them, so that a misread one is seen. */
export function SignalmentLine({ signalment }: Props) {
  const { t } = useTranslation();
  const { species, resolved, animals, breedId, sex, ageYears, weightKg } = signalment;
  const animal = resolved && animals[0] && animals[0] !== species ? animals[0].replaceAll('_', ' ') : null;
  const age =
    ageYears === null
      ? null
      : ageYears < MONTHS_BELOW_YEARS
        ? t('result.months', { value: Math.round(ageYears * 12) })
        : t('result.years', { value: Math.round(ageYears * 10) / 10 });
  const parts = [
    animal ?? t(`species.${species}`),
    breedId?.replaceAll('_', ' '),
    sex && t(`sex.${sex}`),
    age,
    weightKg !== null && t('result.kg', { value: weightKg }),
  ].filter(Boolean);
  return (
    <Text size="xs" c="dimmed">
      {t('result.used')}: {parts.join(', ')}
    </Text>
  );
}
