import { ANIMALS, type Animal } from '@mozarela/clinical/animals';
import type { ConditionQuery } from '@mozarela/clinical/reading/condition-index';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { conditions } from '../../../i18n/pages/conditions.ts';

type System = keyof typeof conditions.systems;

export const SYSTEMS = Object.keys(conditions.systems) as System[];

const isAnimal = (value: string | null): value is Animal =>
  (ANIMALS as readonly (string | null)[]).includes(value);
const isSystem = (value: string | null): value is System =>
  (SYSTEMS as readonly (string | null)[]).includes(value);

/** The search lives in the address, so that "back" from a condition shows the same list. */
export function useConditionFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo<ConditionQuery>(() => {
    const animal = params.get('animal');
    const system = params.get('system');
    return {
      text: params.get('q') ?? '',
      animal: isAnimal(animal) ? animal : null,
      system: isSystem(system) ? system : null,
    };
  }, [params]);
  const change = (part: Partial<ConditionQuery>) => {
    const { text, animal, system } = { ...filters, ...part };
    const next = Object.entries({ q: text, animal, system }).flatMap(([key, value]) =>
      value ? [[key, value] as [string, string]] : [],
    );
    setParams(new URLSearchParams(next), { replace: true, preventScrollReset: true });
  };
  return { filters, change };
}
