import { Table, Text, VisuallyHidden } from '@mantine/core';
import type { Measurement } from '@mozarela/clinical/types';
import { useTranslation } from 'react-i18next';
import classes from './MeasurementTable.module.css';

type Props = { measurements: Measurement[] };

const number = (value: number) => String(Math.round(value * 1000) / 1000);

/** "3.9–5.1"; "≤ 2" and "≥ 27" when one end is open. */
function interval({ low, high }: NonNullable<Measurement['range']>): string {
  if (low === null) return high === null ? '' : `≤ ${high}`;
  return high === null ? `≥ ${low}` : `${low}–${high}`;
}

/** Numbers read from the note, in the knowledge base's units, against the range that was used. */
export function MeasurementTable({ measurements }: Props) {
  const { t } = useTranslation();
  if (measurements.length === 0) return null;
  return (
    <section aria-label={t('result.measurements')}>
      <h2 className={classes.title}>{t('result.measurements')}</h2>
      <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={6} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('result.analyte')}</Table.Th>
            <Table.Th className={classes.number}>{t('result.measured')}</Table.Th>
            <Table.Th>{t('result.flag')}</Table.Th>
            <Table.Th className={classes.number}>{t('result.range')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {measurements.map((measured) => (
            <Row key={`${measured.analyte}-${measured.field}-${measured.start}`} measured={measured} />
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={4}>
        {t('result.rangesBuiltIn')}
      </Text>
    </section>
  );
}

function Row({ measured }: { measured: Measurement }) {
  const { t } = useTranslation();
  const { label, value, unit, original, range, flag, query } = measured;
  const converted = original.unit !== null && original.value !== value && !query;
  return (
    <Table.Tr>
      <Table.Td>{label}</Table.Td>
      <Table.Td className={classes.number}>
        {number(query ? original.value : value)} {query ? original.unit : unit}
        {converted && (
          <Text size="xs" c="dimmed">
            {t('result.converted', { value: number(original.value), unit: original.unit })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {query ? (
          <Text size="xs" className={classes.query}>
            {query}
          </Text>
        ) : (
          <Flag flag={flag} />
        )}
      </Table.Td>
      <Table.Td className={classes.number}>
        {range ? interval(range) : t('result.noRange')}
        {range && range.source !== 'built-in' && (
          <Text size="xs" c="dimmed">
            {t(`result.rangeSource.${range.source}`)}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Flag({ flag }: { flag: Measurement['flag'] }) {
  const { t } = useTranslation();
  if (flag === null) return null;
  if (flag === 'normal') return <VisuallyHidden>{t('result.normal')}</VisuallyHidden>;
  const high = flag === 'H';
  return (
    <abbr className={classes.flag} data-flag={flag} title={t(high ? 'result.high' : 'result.low')}>
      {flag}
    </abbr>
  );
}
