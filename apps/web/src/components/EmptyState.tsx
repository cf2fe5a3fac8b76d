import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

type Props = { title: string; text: string; children?: ReactNode };

/** Nothing here, why, and what to do about it. */
export function EmptyState({ title, text, children }: Props) {
  return (
    <div className={classes.box}>
      <Text fw={650}>{title}</Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  );
}
