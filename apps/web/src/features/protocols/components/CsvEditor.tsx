import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CsvEditor.module.css';

type Props = {
  value: string;
  badLines: ReadonlySet<number>;
  inputRef: Ref<HTMLTextAreaElement>;
  onChange: (csv: string) => void;
};

/** The CSV with line numbers, those with an error marked. */
export function CsvEditor({ value, badLines, inputRef, onChange }: Props) {
  const { t } = useTranslation();
  const lines = value.split('\n').length;
  return (
    <div className={classes.editor}>
      <div className={classes.numbers} aria-hidden>
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the line number is what identifies a line
          <span key={index} data-bad={badLines.has(index + 1) || undefined}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={inputRef}
        className={classes.text}
        aria-label={t('protocols.editor.csv')}
        value={value}
        rows={Math.max(8, lines + 1)}
        wrap="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
