import { Anchor, Text } from '@mantine/core';
import type { QualityReport } from '@mozarela/clinical/reading/quality-report';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import '../../../i18n/pages/conditions.ts';
import classes from './Quality.module.css';

type Props = { report: QualityReport };

export function Coverage({ report }: Props) {
  const { t } = useTranslation('quality');
  const { t: reading } = useTranslation('conditions');
  const { coverage, references, conditions, findings, redFlags, reviewed } = report;
  const most = Math.max(1, ...coverage.map((one) => one.conditions));
  return (
    <>
      <Text size="sm">{t('holds', { conditions, findings, redFlags, reviewed })}</Text>
      <Text size="sm" mt={4}>
        {t('sources', {
          all: references.all,
          linked: references.linked,
          withLink: references.conditionsWithLink,
        })}
      </Text>
      <Text size="sm" mt="sm" c="dimmed">
        {t('coverage')}
      </Text>
      <ul className={classes.bars}>
        {coverage.map((one) => (
          <li key={one.animal}>
            <Anchor component={Link} to={`/conditions?animal=${one.animal}`} size="sm">
              {reading(`animals.${one.animal}`)}
            </Anchor>
            <span className={classes.bar} style={{ width: `${(100 * one.conditions) / most}%` }} />
            <b>{one.conditions}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
