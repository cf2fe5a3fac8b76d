import { useTranslation } from 'react-i18next';
import classes from './MarkLegend.module.css';
import noteClasses from './NoteInput.module.css';

const KINDS = ['present', 'absent', 'uncertain', 'value', 'unused'] as const;

/** What the colours in the text mean. */
export function MarkLegend() {
  const { t } = useTranslation();
  return (
    <ul className={classes.legend} aria-label={t('workbench.legend.title')}>
      {KINDS.map((kind) => (
        <li key={kind}>
          <span className={`${noteClasses.mark} ${classes.sample}`} data-kind={kind}>
            {t(`workbench.legend.${kind}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
