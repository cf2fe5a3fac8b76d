import { Anchor } from '@mantine/core';
import type { Miss, QualityReport } from '@mozarela/clinical/reading/quality-report';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { quality } from '../../../i18n/pages/quality.ts';
import classes from './Quality.module.css';

type Kind = keyof typeof quality.kinds;
type Shown = Miss & { set: 'open' | 'vignettes' };

const isKind = (kind: string): kind is Kind => kind in quality.kinds;

type Props = { report: QualityReport };

/** Every miss, by the reason that the evaluation gives. */
export function Misses({ report: { open, vignettes } }: Props) {
  const { t } = useTranslation('quality');
  const misses: Shown[] = [
    ...open.misses.map((miss) => ({ ...miss, set: 'open' as const })),
    ...vignettes.misses.map((miss) => ({ ...miss, set: 'vignettes' as const })),
  ];
  const known = Object.keys(quality.kinds).filter(isKind);
  const groups = [
    ...known.map((kind) => ({ ...quality.kinds[kind], of: misses.filter((miss) => miss.kind === kind) })),
    { title: t('otherKind'), text: '', of: misses.filter(({ kind }) => !isKind(kind)) },
  ].filter((group) => group.of.length > 0);
  return groups.map(({ title, text, of }) => (
    <details key={title} className={classes.kind}>
      <summary>
        <strong>
          {title}: {of.length}
        </strong>
        <span>{text}</span>
      </summary>
      <ul>
        {of
          .toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99))
          .map((miss) => (
            <MissRow key={miss.id} miss={miss} />
          ))}
      </ul>
    </details>
  ));
}

function MissRow({ miss }: { miss: Shown }) {
  const { t } = useTranslation('quality');
  const { t: common } = useTranslation();
  const { diagnosis, condition, species, rank, set } = miss;
  const where = rank === null ? t('notListed') : t('place', { rank });
  return (
    <li>
      <span>
        {condition ? (
          <Anchor component={Link} to={`/conditions/${condition}`} size="sm">
            {diagnosis}
          </Anchor>
        ) : (
          diagnosis
        )}
      </span>
      <span>
        {common(`species.${species}`)} · {where} · {t(set === 'open' ? 'fromOpen' : 'fromVignettes')}
      </span>
    </li>
  );
}
