import type { ConditionHit } from '@mozarela/clinical/reading/condition-index';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './ConditionList.module.css';

/** More than these make a line too long to read at a glance. */
const ANIMALS_SHOWN = 3;

type Props = { hit: ConditionHit };

export function ConditionRow({ hit: { entry, via } }: Props) {
  const { t } = useTranslation('conditions');
  const { t: common } = useTranslation();
  const shown = entry.animals.slice(0, ANIMALS_SHOWN).map((animal) => t(`animals.${animal}`));
  const more = entry.animals.length - shown.length;
  return (
    <li className={classes.row}>
      <Link to={`/conditions/${entry.id}`} className={classes.link}>
        <span>
          <span className={classes.name}>{entry.name}</span>
          {entry.urgent && <span className={classes.urgent}>{common('result.urgent')}</span>}
          {via && <span className={classes.via}>{t('via', { name: via })}</span>}
        </span>
        <span className={classes.where}>
          {shown.join(', ')}
          {more > 0 && ` +${more}`} · {t(`systems.${entry.system}`)}
        </span>
      </Link>
    </li>
  );
}
