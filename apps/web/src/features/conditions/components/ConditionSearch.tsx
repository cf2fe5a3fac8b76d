import { NativeSelect, TextInput } from '@mantine/core';
import { ANIMALS, type Animal } from '@mozarela/clinical/animals';
import type { ConditionQuery } from '@mozarela/clinical/reading/condition-index';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ConditionList.module.css';
import { SYSTEMS } from './useConditionFilters.ts';

/** The address follows the typing a little later, so that no letter waits for it. */
const ADDRESS_AFTER_MS = 120;

type Props = { filters: ConditionQuery; onChange: (part: Partial<ConditionQuery>) => void };

export function ConditionSearch({ filters, onChange }: Props) {
  const { t } = useTranslation('conditions');
  const [typed, setTyped] = useState(filters.text);
  const sent = useRef(filters.text);
  // "Back" and "clear the search" change the address by themselves; one's own echo is no news.
  useEffect(() => {
    if (filters.text === sent.current) return;
    sent.current = filters.text;
    setTyped(filters.text);
  }, [filters.text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange({ text: typed });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search className={classes.search}>
      <TextInput
        className={classes.text}
        type="search"
        label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={18} aria-hidden />}
        maxLength={100}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('animal')}
        value={filters.animal ?? ''}
        onChange={(event) => onChange({ animal: (event.currentTarget.value as Animal) || null })}
        data={[
          { value: '', label: t('allAnimals') },
          ...ANIMALS.map((animal) => ({ value: animal, label: t(`animals.${animal}`) })),
        ]}
      />
      <NativeSelect
        label={t('system')}
        value={filters.system ?? ''}
        onChange={(event) =>
          onChange({ system: (event.currentTarget.value as ConditionQuery['system']) || null })
        }
        data={[
          { value: '', label: t('allSystems') },
          ...SYSTEMS.map((system) => ({ value: system, label: t(`systems.${system}`) })),
        ]}
      />
    </search>
  );
}
