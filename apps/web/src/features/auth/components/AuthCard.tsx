import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './AuthCard.module.css';

type Props = { title: string; lead: string; children: ReactNode };

export function AuthCard({ title, lead, children }: Props) {
  return (
    <div className={classes.page}>
      <Title order={1}>{title}</Title>
      <Text c="dimmed" mt={6} mb="lg">
        {lead}
      </Text>
      <Paper className={classes.card}>{children}</Paper>
    </div>
  );
}
