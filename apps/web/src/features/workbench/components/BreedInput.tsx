import { Autocomplete } from '@mantine/core';
import { EXOTIC_ANIMALS, OTHER_ANIMALS, type Species } from '@mozarela/clinical/animals';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BreedOption } from '../../../lib/engine/protocol.ts';

const SHOWN = 30;

type Props = {
  value: string;
  species: Species | null;
  breeds: BreedOption[];
  onChange: (breed: string) => void;
};

/** The animals behind a species as the vet picks it. */
function animalsOf(species: Species | null): readonly string[] | null {
  if (species === null) return null;
  if (species === 'exotic') return EXOTIC_ANIMALS;
  return species === 'other' ? OTHER_ANIMALS : [species];
}

/** Suggests breeds of the species, by name or alias; any other text is taken as it is. */
export function BreedInput({ value, species, breeds, onChange }: Props) {
  const { t } = useTranslation();
  const { names, searchOf } = useMemo(() => {
    const animals = animalsOf(species);
    const fitting = breeds.filter(({ animal }) => animals === null || animals.includes(animal));
    return {
      names: [...new Set(fitting.map(({ name }) => name))],
      searchOf: new Map(fitting.map(({ name, search }) => [name, search])),
    };
  }, [breeds, species]);
  return (
    <Autocomplete
      label={t('workbench.breed')}
      placeholder={t('workbench.breedHint')}
      value={value}
      onChange={onChange}
      data={names}
      limit={SHOWN}
      maxLength={120}
      openOnFocus={false}
      filter={({ options, search, limit }) => {
        const words = search.toLowerCase().split(/\s+/).filter(Boolean);
        const hit = (name: string) => words.every((word) => searchOf.get(name)?.includes(word));
        return options.filter((option) => 'value' in option && hit(String(option.value))).slice(0, limit);
      }}
    />
  );
}
