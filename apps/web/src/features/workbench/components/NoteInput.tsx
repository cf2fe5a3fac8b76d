import { type RefObject, useId } from 'react';
import { type Mark, segments } from '../lib/marks.ts';
import classes from './NoteInput.module.css';

type Props = {
  label: string;
  placeholder: string;
  value: string;
  marks: Mark[];
  /** The finding whose words stand out, while its chip is pointed at. */
  active: string | null;
  error?: string;
  short?: boolean;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  shortcut: string;
  onChange: (text: string) => void;
};

/**
 * A text box whose words are coloured as the engine read them. The same text lies behind the transparent
 * textarea with coloured backgrounds; both share one grid cell, so the text also sets the height.
 */
export function NoteInput(props: Props) {
  const { label, placeholder, value, marks, active, error, short, inputRef, shortcut, onChange } = props;
  const id = useId();
  const errorId = useId();
  return (
    <div>
      <label htmlFor={id} className={classes.label}>
        {label}
        <kbd className={classes.key} aria-hidden>
          {shortcut}
        </kbd>
      </label>
      <div className={classes.scroll} data-error={Boolean(error) || undefined}>
        <div className={classes.stack} data-short={short || undefined}>
          <div className={classes.backdrop} aria-hidden>
            {segments(value, marks).map(({ text, start, kind, finding }) =>
              kind === null ? (
                text
              ) : (
                <mark
                  key={start}
                  className={classes.mark}
                  data-kind={kind}
                  data-active={(finding !== undefined && finding === active) || undefined}
                >
                  {text}
                </mark>
              ),
            )}
            {'\n'}
          </div>
          <textarea
            id={id}
            ref={inputRef}
            className={classes.input}
            value={value}
            placeholder={placeholder}
            spellCheck={false}
            autoCapitalize="sentences"
            aria-invalid={Boolean(error)}
            aria-describedby={error ? errorId : undefined}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </div>
      </div>
      {error && (
        <p id={errorId} className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
