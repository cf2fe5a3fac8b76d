import { Button } from '@mantine/core';
import type { AnalysisResult } from '@mozarela/clinical/types';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { percent, roundPercent } from '../../lib/format.ts';
import classes from './DifferentialList.module.css';
import { DifferentialRow } from './DifferentialRow.tsx';

const SHOWN = 10;

export type RowLabels = ReadonlyMap<string, string[]>;

type Props = {
  result: AnalysisResult;
  /** Offered in the details when the engine can rank again without a diagnosis. */
  onExplainRest?: (diagnosisId: string) => void;
  /** By the id of a diagnosis: short words beside its name. */
  labels?: RowLabels;
  /** How many rows before "show all". */
  shown?: number;
};

/** The ranking: bars of rounded percentages (points for a protocol), details on a click. */
export function DifferentialList({ result, onExplainRest, labels, shown = SHOWN }: Props) {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const rows = all ? result.diagnoses : result.diagnoses.slice(0, shown);
  return (
    <>
      <ol className={classes.list}>
        {rows.map((diagnosis, index) => (
          <DifferentialRow
            key={diagnosis.id}
            diagnosis={diagnosis}
            rank={index + 1}
            labels={labels?.get(diagnosis.id)}
            open={openId === diagnosis.id}
            onToggle={() => setOpenId(openId === diagnosis.id ? null : diagnosis.id)}
            onExplainRest={onExplainRest}
          />
        ))}
        {result.engine === 'knowledge' && <OtherRow other={result.other} />}
      </ol>
      {result.diagnoses.length > shown && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('result.showFewer') : t('result.showMore', { count: result.diagnoses.length })}
        </Button>
      )}
    </>
  );
}

function OtherRow({ other }: { other: number }) {
  const { t } = useTranslation();
  return (
    <li className={classes.row} data-other>
      <div className={classes.static}>
        <span className={classes.rank} />
        <span className={classes.name}>
          {t('result.other')}
          <span className={classes.hint}>{t('result.otherHint')}</span>
        </span>
        <span className={classes.value}>{percent(other)}</span>
        <span className={classes.track}>
          <span className={classes.bar} style={{ width: `${Math.max(2, roundPercent(other))}%` }} />
        </span>
      </div>
    </li>
  );
}
