import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { SPECIES, type Species } from '@mozarela/clinical/animals';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import type { Filters } from './useFilters.ts';

const SEARCH_AFTER_MS = 250;

type Props = { filters: Filters; active: boolean; onChange: (part: Partial<Filters>) => void };

export function FilterBar({ filters, active, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(filters.q);
  const search = useDebouncedCallback((q: string) => onChange({ q }), SEARCH_AFTER_MS);
  // Not what is being typed: the space before the next word is no part of the search yet.
  useEffect(() => setTyped((shown) => (shown.trim() === filters.q ? shown : filters.q)), [filters.q]);
  return (
    <search className={classes.bar}>
      <TextInput
        className={classes.search}
        type="search"
        label={t('cases.search')}
        placeholder={t('cases.searchHint')}
        leftSection={<IconSearch size={18} aria-hidden />}
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value.trim());
        }}
      />
      <NativeSelect
        label={t('cases.species')}
        value={filters.species ?? ''}
        onChange={(event) => onChange({ species: (event.currentTarget.value as Species) || null })}
        data={[
          { value: '', label: t('cases.allSpecies') },
          ...SPECIES.map((species) => ({ value: species, label: t(`species.${species}`) })),
        ]}
      />
      <TextInput
        type="date"
        label={t('cases.from')}
        value={filters.from}
        max={filters.to || undefined}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('cases.to')}
        value={filters.to}
        min={filters.from || undefined}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      {active && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => onChange({ q: '', species: null, from: '', to: '' })}
        >
          {t('cases.clearFilters')}
        </Button>
      )}
    </search>
  );
}
