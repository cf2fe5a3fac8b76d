import { Anchor, Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { createReport } from '@mozarela/contract/reports';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import '../../i18n/pages/report.ts';
import { call } from '../../lib/call.ts';
import { useMe } from '../../lib/me.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { ErrorState } from '../ErrorState.tsx';
import type { ReportSubject } from './ReportButton.tsx';

const MAX_LENGTH = 4000;

type Props = { about: ReportSubject; onClose: () => void };

export function ReportDialog({ about, onClose }: Props) {
  const { t } = useTranslation('report');
  const { data: me } = useMe();
  return (
    <Modal opened onClose={onClose} title={t('title')}>
      <Text size="sm" fw={600} mb="xs">
        {t('about', { name: about.name })}
      </Text>
      {me ? <ReportForm about={about} onClose={onClose} /> : <SignInFirst />}
    </Modal>
  );
}

function ReportForm({ about: { conditionId, analysisId }, onClose }: Props) {
  const { t } = useTranslation('report');
  const { t: common } = useTranslation();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => call(createReport, { body: { conditionId, analysisId, text } }),
    onSuccess: () => {
      notifyDone(t('sent'));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('hint')}
      </Text>
      <Textarea
        label={t('label')}
        data-autofocus
        required
        rows={5}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {send.error && <ErrorState error={send.error} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {common('action.cancel')}
        </Button>
        <Button type="submit" loading={send.isPending} disabled={text.trim() === ''}>
          {t('send')}
        </Button>
      </Group>
    </form>
  );
}

function SignInFirst() {
  const { t } = useTranslation('report');
  const { pathname, search } = useLocation();
  return (
    <Text size="sm">
      {t('signIn')}{' '}
      <Anchor
        component={Link}
        to={`/sign-in?${new URLSearchParams({ next: pathname + search })}`}
        underline="always"
      >
        {t('toSignIn')}
      </Anchor>
    </Text>
  );
}
