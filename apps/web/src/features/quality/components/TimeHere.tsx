import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { measureTime } from '../lib/measureTime.ts';

/** The engine's speed where it will run: figures of our own machines would say nothing about it. */
export function TimeHere() {
  const { t } = useTranslation('quality');
  const { data, error, isPending, mutate } = useMutation({ mutationFn: measureTime });
  return (
    <>
      <Text size="sm" mb="sm" maw="44rem">
        {t('timeText')}
      </Text>
      <Group>
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {t('timeRun')}
        </Button>
        <Text size="sm" role="status">
          {data && t('timeResult', { median: data.median.toFixed(1), slowest: data.slowest.toFixed(1) })}
          {error && t('timeFailed')}
        </Text>
      </Group>
    </>
  );
}
