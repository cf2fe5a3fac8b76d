import { Checkbox, Text } from '@mantine/core';
import type { AiPreview } from '@mozarela/contract/ai';
import { MOST_SENT_FILES } from '@mozarela/contract/analyses';
import type { Attachment } from '@mozarela/contract/attachments';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import classes from './AiConsent.module.css';

type Props = {
  files: Attachment[];
  /** What the server would send of those that are ticked. */
  sent: AiPreview['files'];
  chosen: string[];
  onChange: (ids: string[]) => void;
};

/** Files stay here unless each is ticked by itself: what is in a picture cannot be redacted. */
export function AiFiles({ files, sent, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const words = (id: string) => {
    const file = chosen.includes(id) ? sent.find((one) => one.id === id) : undefined;
    if (!file) return undefined;
    const what =
      file.sends === 'text'
        ? t('ai.files.text', { number: (file.document ?? 0) + 1 })
        : file.sends === 'image' && t('ai.files.image', { size: formatBytes(file.picture?.bytes ?? 0) });
    return [what, file.note].filter(Boolean).join(' ');
  };
  return (
    <fieldset className={classes.files}>
      <legend>{t('ai.files.title')}</legend>
      <Text size="sm" c="dimmed" mb="xs">
        {t('ai.files.hint', { count: MOST_SENT_FILES })}
      </Text>
      {files.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          description={words(id)}
          checked={chosen.includes(id)}
          disabled={!chosen.includes(id) && chosen.length >= MOST_SENT_FILES}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
          }
        />
      ))}
    </fieldset>
  );
}
