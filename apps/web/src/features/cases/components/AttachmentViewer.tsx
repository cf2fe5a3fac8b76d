import { ActionIcon, Anchor, Group, Loader, Modal, Text } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import type { Attachment } from '@mozarela/contract/attachments';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { fileText, fileUrl } from '../api/readAttachment.ts';
import classes from './Attachments.module.css';

const PdfPages = lazy(() => import('./PdfPages.tsx').then(({ PdfPages: Pages }) => ({ default: Pages })));

/** More than anybody reads in a window. */
const TEXT_SHOWN = 200_000;

type Props = { files: Attachment[]; shown: string | null; onShow: (id: string | null) => void };

/** One file, large; the arrow keys go to the others. */
export function AttachmentViewer({ files, shown, onShow }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 47.9375em)');
  const index = files.findIndex(({ id }) => id === shown);
  const file = files[index];
  const go = (step: number) => {
    const next = files[index + step];
    if (file && next) onShow(next.id);
  };
  useHotkeys([
    ['ArrowLeft', () => go(-1)],
    ['ArrowRight', () => go(1)],
  ]);
  return (
    <Modal
      opened={file !== undefined}
      onClose={() => onShow(null)}
      title={file?.name}
      size="70rem"
      fullScreen={phone}
      radius={phone ? 0 : 'lg'}
      styles={{ title: { overflowWrap: 'anywhere' } }}
    >
      {file && (
        <div className={classes.viewer}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
          <section key={file.id} className={classes.stage} tabIndex={0} aria-label={file.name}>
            <Content file={file} />
          </section>
          <div className={classes.bar}>
            <Text size="sm" c="dimmed">
              <Facts file={file} />
            </Text>
            <Group gap="md">
              {file.contentType.startsWith('image/') && (
                <Anchor size="sm" href={fileUrl(file.id)} target="_blank" rel="noreferrer">
                  {t('cases.files.original')}
                </Anchor>
              )}
              <Anchor size="sm" href={fileUrl(file.id, { download: '1' })} download={file.name}>
                {t('cases.files.download')}
              </Anchor>
              {files.length > 1 && <Steps index={index} count={files.length} go={go} />}
            </Group>
          </div>
        </div>
      )}
    </Modal>
  );
}

function Facts({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const { contentType, width, height, size } = file;
  const kind =
    width !== null && height !== null
      ? t('cases.files.image', { width, height })
      : t(contentType === 'application/pdf' ? 'cases.files.pdf' : 'cases.files.text');
  return `${kind}, ${formatBytes(size)}`;
}

function Steps({ index, count, go }: { index: number; count: number; go: (step: number) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('cases.files.previous')}
        disabled={index === 0}
        onClick={() => go(-1)}
      >
        <IconChevronLeft size={20} aria-hidden />
      </ActionIcon>
      <Text size="sm">{t('cases.files.position', { index: index + 1, count })}</Text>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('cases.files.next')}
        disabled={index === count - 1}
        onClick={() => go(1)}
      >
        <IconChevronRight size={20} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function Content({ file }: { file: Attachment }) {
  if (file.contentType.startsWith('image/')) return <Picture file={file} />;
  if (file.contentType !== 'application/pdf') return <PlainText id={file.id} />;
  return (
    <Suspense fallback={<Loader />}>
      <PdfPages url={fileUrl(file.id, { direct: '1' })} />
    </Suspense>
  );
}

function Picture({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  if (broken) return <Text size="sm">{t('cases.files.notShown')}</Text>;
  return (
    <img className={classes.image} src={fileUrl(file.id)} alt={file.name} onError={() => setBroken(true)} />
  );
}

function PlainText({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(fileText(id));
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loader />;
  return (
    <>
      <pre className={classes.text}>{data.slice(0, TEXT_SHOWN)}</pre>
      {data.length > TEXT_SHOWN && <Text size="sm">{t('cases.files.cut')}</Text>}
    </>
  );
}
