import type { Hits } from '@mozarela/clinical/reading/quality-report';
import { useTranslation } from 'react-i18next';
import { share } from '../lib/share.ts';
import classes from './Quality.module.css';

const PLACES = [1, 3, 5, 10] as const;

/** `covered` is left out where the row only counts again what another row covers. */
export type HitRow = { name: string; hits: Omit<Hits, 'covered'> & { covered?: number } };

type Props = { label: string; rows: HitRow[] };

/** Shares with their numbers of cases; a share alone would hide how few there are. */
export function HitTable({ label, rows }: Props) {
  const { t } = useTranslation('quality');
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('columns.set')}</th>
          <th scope="col" data-wide>
            {t('columns.covered')}
          </th>
          {PLACES.map((place) => (
            <th key={place} scope="col">
              {t(`columns.${place}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, hits }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              <small>{t('cases', { count: hits.cases })}</small>
            </th>
            <td data-wide>{hits.covered === undefined ? '' : share(hits.covered, hits.cases)}</td>
            {PLACES.map((place) => (
              <td key={place}>
                {share(hits.top[place], hits.cases)}
                <small>{hits.top[place]}</small>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
