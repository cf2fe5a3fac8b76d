import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

type Props = { title: string; hint?: string; children: ReactNode };

/** A titled part of the profile: words on the left, controls on the right; below each other on a phone. */
export function Panel({ title, hint, children }: Props) {
  return (
    <section className={classes.panel} aria-label={title}>
      <div>
        <h2 className={classes.title}>{title}</h2>
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
