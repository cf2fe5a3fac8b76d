import { SPECIES, type Species } from '@mozarela/clinical/animals';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { SpeciesIcon } from '../../../components/species/SpeciesIcon.tsx';
import classes from './SpeciesPicker.module.css';

type Props = { value: Species | null; onChange: (species: Species) => void; error?: string };

/** Eight tiles that are one radio group: arrows move, one tab stop. */
export function SpeciesPicker({ value, onChange, error }: Props) {
  const { t } = useTranslation();
  const name = useId();
  const errorId = useId();
  return (
    <fieldset className={classes.group} aria-describedby={error ? errorId : undefined}>
      <legend className={classes.legend}>{t('workbench.species')}</legend>
      <div className={classes.tiles}>
        {SPECIES.map((species) => (
          <label key={species} className={classes.tile}>
            <input
              type="radio"
              name={name}
              value={species}
              checked={value === species}
              onChange={() => onChange(species)}
            />
            <SpeciesIcon species={species} />
            <span>{t(`species.${species}`)}</span>
          </label>
        ))}
      </div>
      {error && (
        <p id={errorId} className={classes.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
