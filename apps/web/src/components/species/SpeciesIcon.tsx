import type { Species } from '@mozarela/clinical/animals';
import { IconCat, IconDog, IconFeather, IconHorse, IconPig } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = { species: Species; size?: number };

/** Drawn here because the icon set has none. */
const OWN: Partial<Record<Species, ReactNode>> = {
  cow: (
    <>
      <path d="M7 8c-2.5 0-4-1.5-4.5-3.5C4.5 5 6 4.5 7.5 5.5h9C18 4.5 19.5 5 21.5 4.5 21 6.5 19.5 8 17 8" />
      <path d="M7 7v6l1 3.5M17 7v6l-1 3.5" />
      <path d="M8 16.5c0-1.5 1.8-2.5 4-2.5s4 1 4 2.5-1.8 4-4 4-4-2.5-4-4Z" />
      <path d="M9.8 10.5v.01M14.2 10.5v.01M10.7 17v.01M13.3 17v.01" />
    </>
  ),
  rabbit: (
    <>
      <path d="M9.5 10.5C7.5 8 7 3.5 8.5 3c1.7-.5 2.8 3.5 3 6.5M14.5 10.5c2-2.5 2.5-7 1-7.5-1.7-.5-2.8 3.5-3 6.5" />
      <path d="M12 9.5c-3.5 0-5.5 2.6-5.5 5.7 0 3.3 2.4 5.3 5.5 5.3s5.5-2 5.5-5.3c0-3.1-2-5.7-5.5-5.7Z" />
      <path d="M10 14v.01M14 14v.01M12 16.5v1.5M12 18l-1.2.8M12 18l1.2.8" />
    </>
  ),
  exotic: (
    <>
      <path d="M4 15c0-4.5 2.8-8 7-8s7 3.5 7 8H4Z" />
      <path d="M18 13.5c.3-2 1-3 2.2-3 1.1 0 1.8.9 1.8 2 0 1.5-1.5 2.5-4 2.5M6.5 15v3M15.5 15v3" />
      <path d="M11 7v3.5M7.5 12.5 11 10.5l3.5 2" />
    </>
  ),
};

const TABLER: Partial<Record<Species, typeof IconDog>> = {
  dog: IconDog,
  cat: IconCat,
  horse: IconHorse,
  bird: IconFeather,
  other: IconPig,
};

export function SpeciesIcon({ species, size = 22 }: Props) {
  const Icon = TABLER[species];
  if (Icon) return <Icon size={size} stroke={1.6} aria-hidden />;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {OWN[species]}
    </svg>
  );
}
