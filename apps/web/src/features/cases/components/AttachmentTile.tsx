import { ActionIcon, VisuallyHidden } from '@mantine/core';
import type { Attachment } from '@mozarela/contract/attachments';
import { IconFileText, IconFileTypePdf, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import { fileUrl } from '../api/readAttachment.ts';
import classes from './Attachments.module.css';

type Props = { file: Attachment; onOpen: () => void; onRemove: (() => void) | null };

/** A file as a small picture with its name. */
export function AttachmentTile({ file, onOpen, onRemove }: Props) {
  const { t } = useTranslation();
  const { name, contentType } = file;
  const Icon = contentType === 'application/pdf' ? IconFileTypePdf : IconFileText;
  return (
    <li className={classes.tile}>
      <button type="button" className={classes.open} onClick={onOpen} title={name}>
        <VisuallyHidden>{t('cases.files.open')} </VisuallyHidden>
        {contentType.startsWith('image/') ? (
          <img className={classes.picture} src={fileUrl(file.id)} alt="" loading="lazy" decoding="async" />
        ) : (
          <span className={classes.picture}>
            <Icon size={40} stroke={1.25} aria-hidden />
          </span>
        )}
        <span className={classes.name}>{name}</span>
        <span>{formatBytes(file.size)}</span>
      </button>
      {onRemove && (
        <ActionIcon
          className={classes.remove}
          variant="default"
          size="md"
          radius="xl"
          aria-label={t('cases.files.remove', { name })}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}
