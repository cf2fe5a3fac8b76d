import { Button, FileButton, Text } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../../../lib/notify.tsx';
import classes from './DropZone.module.css';
import { readCsvFile } from './readCsvFile.ts';

type Props = { onFile: (file: { name: string; csv: string }) => void };

/** A place to drop a CSV, with a button for those who cannot drag. */
export function DropZone({ onFile }: Props) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const read = await readCsvFile(file);
    if ('problem' in read) notifyError(t(`protocols.${read.problem}`));
    else onFile(read);
  };
  return (
    <section
      className={classes.zone}
      aria-label={t('protocols.upload')}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <IconFileTypeCsv size={28} stroke={1.5} aria-hidden />
      <Text size="sm">{t('protocols.drop')}</Text>
      <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={(file) => void take(file)}>
        {(props) => (
          <Button variant="default" {...props}>
            {t('protocols.pick')}
          </Button>
        )}
      </FileButton>
    </section>
  );
}
