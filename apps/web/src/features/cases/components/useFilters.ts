import { SPECIES, type Species } from '@mozarela/clinical/animals';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

export type Filters = { q: string; species: Species | null; from: string; to: string };

const isSpecies = (value: string | null): value is Species =>
  (SPECIES as readonly (string | null)[]).includes(value);
const isDate = (value: string | null): value is string => /^\d{4}-\d{2}-\d{2}$/.test(value ?? '');

/** The list's filters live in the address, so that back, reload and a shared link show the same list. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo<Filters>(() => {
    const species = params.get('species');
    const from = params.get('from');
    const to = params.get('to');
    return {
      q: params.get('q') ?? '',
      species: isSpecies(species) ? species : null,
      from: isDate(from) ? from : '',
      to: isDate(to) ? to : '',
    };
  }, [params]);
  const change = (part: Partial<Filters>) => {
    const next = Object.entries({ ...filters, ...part }).flatMap(([key, value]) =>
      value ? [[key, value] as [string, string]] : [],
    );
    setParams(new URLSearchParams(next), { replace: true });
  };
  return { filters, change, active: [...params.keys()].length > 0 };
}
