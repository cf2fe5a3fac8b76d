import { Button, FileButton, Text, VisuallyHidden } from '@mantine/core';
import { ATTACHMENT_TYPES, type Attachment, MAX_FILES } from '@mozarela/contract/attachments';
import type { CaseRecord } from '@mozarela/contract/cases';
import { IconCamera, IconPaperclip } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Attachments.module.css';
import { AttachmentTile } from './AttachmentTile.tsx';
import { AttachmentViewer } from './AttachmentViewer.tsx';
import recordClasses from './Record.module.css';
import { RemoveFileModal } from './RemoveFileModal.tsx';
import { UploadList } from './UploadList.tsx';
import { useUploads } from './useUploads.ts';

type Props = { record: CaseRecord };

/** With the types listed, an iPhone turns its HEIC photos into JPEG by itself. */
const ACCEPT = [...ATTACHMENT_TYPES, '.csv', '.txt'].join(',');

/** The files of a case: to add, look at and remove. */
export function Attachments({ record }: Props) {
  const { t } = useTranslation();
  const { uploads, add, retry, remove } = useUploads(record.id);
  const [shown, setShown] = useState<string | null>(null);
  const [removing, setRemoving] = useState<Attachment | null>(null);
  const [over, setOver] = useState(false);
  const files = record.attachments;
  const signed = record.status === 'signed';
  const room = MAX_FILES - files.length;
  const open = !signed && room > 0;
  const take = (list: Iterable<File>) => add([...list], room);
  const dropping = open && {
    onDragOver: (event: React.DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };
  return (
    <section
      className={`${recordClasses.card} ${classes.zone}`}
      aria-label={t('cases.files.title')}
      data-over={over || undefined}
      {...dropping}
    >
      <h2 className={recordClasses.title}>{t('cases.files.title')}</h2>
      {files.length > 0 ? (
        <ul className={classes.tiles}>
          {files.map((file) => (
            <AttachmentTile
              key={file.id}
              file={file}
              onOpen={() => setShown(file.id)}
              onRemove={signed ? null : () => setRemoving(file)}
            />
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed" mb={signed ? 0 : 'xs'}>
          {t(signed ? 'cases.files.noneSigned' : 'cases.files.none')}
        </Text>
      )}
      <VisuallyHidden role="status">{t('cases.files.count', { count: files.length })}</VisuallyHidden>
      <UploadList uploads={uploads} onRetry={retry} onRemove={remove} />
      {open && <AddFiles onFiles={take} />}
      {!signed && room <= 0 && <Text size="sm">{t('cases.files.full')}</Text>}
      <AttachmentViewer files={files} shown={shown} onShow={setShown} />
      <RemoveFileModal caseId={record.id} file={removing} onClose={() => setRemoving(null)} />
    </section>
  );
}

function AddFiles({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const reset = useRef<() => void>(null);
  const take = (files: File[]) => {
    onFiles(files);
    // Else the same file, removed meanwhile, could not be picked again.
    reset.current?.();
  };
  return (
    <>
      <div className={classes.actions}>
        <FileButton multiple accept={ACCEPT} onChange={take} resetRef={reset}>
          {(props) => (
            <Button variant="default" leftSection={<IconPaperclip size={18} aria-hidden />} {...props}>
              {t('cases.files.add')}
            </Button>
          )}
        </FileButton>
        <FileButton accept="image/jpeg" capture="environment" onChange={(file) => file && onFiles([file])}>
          {(props) => (
            <Button
              className={classes.camera}
              variant="default"
              leftSection={<IconCamera size={18} aria-hidden />}
              {...props}
            >
              {t('cases.files.camera')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" className={classes.drop}>
          {t('cases.files.drop')}
        </Text>
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {t('cases.files.takes')}
      </Text>
    </>
  );
}
