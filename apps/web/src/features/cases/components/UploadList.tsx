import { ActionIcon, Group, Progress, Text } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Attachments.module.css';
import type { Upload } from './useUploads.ts';

type Props = {
  uploads: Upload[];
  onRetry: (upload: Upload) => void;
  onRemove: (key: string) => void;
};

/** What is on its way, and what was refused and why. */
export function UploadList({ uploads, onRetry, onRemove }: Props) {
  const { t } = useTranslation();
  if (uploads.length === 0) return null;
  const stateOf = ({ state, done }: Upload) => {
    if (state === 'waiting') return t('cases.files.waiting');
    return done < 1 ? `${Math.round(done * 100)} %` : t('cases.files.checking');
  };
  return (
    <ul className={classes.uploads}>
      {uploads.map((upload) => {
        const { key, file, state, done, reason, again } = upload;
        const failed = state === 'failed';
        const { name } = file;
        return (
          <li key={key} className={classes.upload}>
            <span className={classes.name} title={name}>
              {name}
            </span>
            <Group gap={4} wrap="nowrap">
              {!failed && (
                <Text size="xs" c="dimmed">
                  {stateOf(upload)}
                </Text>
              )}
              {again && failed && (
                <ActionIcon
                  variant="subtle"
                  aria-label={t('cases.files.retry', { name })}
                  onClick={() => onRetry(upload)}
                >
                  <IconRefresh size={18} aria-hidden />
                </ActionIcon>
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t(failed ? 'cases.files.dismiss' : 'cases.files.cancel', { name })}
                onClick={() => onRemove(key)}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            </Group>
            {failed ? (
              <p className={classes.reason} role="alert">
                {reason}
              </p>
            ) : (
              <Progress value={done * 100} aria-label={t('cases.files.uploading', { name })} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
