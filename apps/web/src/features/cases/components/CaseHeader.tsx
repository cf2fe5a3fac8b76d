import { Button, Menu, Text, Title } from '@mantine/core';
import { soapAnalysis, soapText } from '@mozarela/clinical/soap';
import type { CaseRecord } from '@mozarela/contract/cases';
import {
  IconCopy,
  IconDotsVertical,
  IconLock,
  IconPencil,
  IconPrinter,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { SpeciesIcon } from '../../../components/species/SpeciesIcon.tsx';
import { copyText } from '../../../lib/copyText.ts';
import { formatDayTime } from '../../../lib/format.ts';
import { notifyDone, notifyError, notifyUndo } from '../../../lib/notify.tsx';
import { storedResult } from '../../../lib/storedResult.ts';
import { useErrorText } from '../../../lib/useErrorText.ts';
import { useDeleteCase } from '../api/deleteCase.ts';
import { useAnalyses } from '../api/listAnalyses.ts';
import { useRestoreCase } from '../api/restoreCase.ts';
import classes from './CaseHeader.module.css';
import { SignModal } from './SignModal.tsx';

type Props = { record: CaseRecord };

/** Who the patient is, and everything that can be done with the record. */
export function CaseHeader({ record }: Props) {
  const { t } = useTranslation();
  // A colleague's change behind the dialog is not what this person agreed to lock.
  const [signing, setSigning] = useState<number | null>(null);
  const { species, breed, sex, age, weightKg, status } = record;
  const open = status === 'open';
  const who = [
    t(`species.${species}`),
    breed,
    sex && t(`sex.${sex}`),
    age,
    weightKg !== null && t('cases.case.weight', { value: weightKg }),
  ];
  return (
    <header className={classes.header}>
      <span className={classes.icon}>
        <SpeciesIcon species={species} size={34} />
      </span>
      <div className={classes.who}>
        <Title order={1}>{record.patientName ?? t('cases.unnamed')}</Title>
        <Text size="sm">{who.filter(Boolean).join(', ')}</Text>
        <Text size="xs" c="dimmed">
          {t('cases.case.saved', {
            when: formatDayTime(record.createdAt),
            name: record.createdBy.fullName,
          })}
        </Text>
      </div>
      <div className={classes.actions}>
        {open && (
          <Button
            component={Link}
            to={`/cases/${record.id}/edit`}
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            {t('action.edit')}
          </Button>
        )}
        <Button component={Link} to={`/cases/new?recheck=${record.id}`} variant="default">
          {t('cases.case.recheck')}
        </Button>
        {open && (
          <Button leftSection={<IconLock size={16} aria-hidden />} onClick={() => setSigning(record.version)}>
            {t('cases.case.sign')}
          </Button>
        )}
        <MoreMenu record={record} />
      </div>
      <SignModal caseId={record.id} version={signing} onClose={() => setSigning(null)} />
    </header>
  );
}

function MoreMenu({ record }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { data } = useAnalyses(record.id);
  const remove = useDeleteCase();
  const restore = useRestoreCase();
  const onError = (error: unknown) => notifyError(errorText(error));

  const copySoap = async () => {
    const copied = await copyText(soapText(record, storedResult(soapAnalysis(data?.items ?? []))));
    if (copied) notifyDone(t('cases.case.soapCopied'));
    else notifyError(t('cases.case.copyFailed'));
  };
  // Promises, not callbacks of mutate: those are dropped once this page is left, and the undo comes after that.
  const undo = () =>
    restore.mutateAsync(record.id).then(() => {
      notifyDone(t('cases.case.restored'));
      void navigate(`/cases/${record.id}`);
    }, onError);
  const erase = () =>
    remove.mutate(record.id, {
      onSuccess: () => {
        void navigate('/cases');
        notifyUndo(t('cases.case.deleted'), t('action.undo'), () => void undo());
      },
      onError,
    });

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" px="xs" aria-label={t('cases.case.more')} loading={remove.isPending}>
          <IconDotsVertical size={18} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void copySoap()}>
          {t('cases.case.copySoap')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
          {t('cases.case.print')}
        </Menu.Item>
        {record.status === 'open' && (
          <Menu.Item leftSection={<IconTrash size={18} aria-hidden />} color="signal" onClick={erase}>
            {t('action.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
