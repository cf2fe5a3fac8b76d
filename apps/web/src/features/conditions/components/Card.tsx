import type { ReactNode } from 'react';
import classes from './ConditionBody.module.css';

type Props = { title: string; hint?: string; children: ReactNode };

export function Card({ title, hint, children }: Props) {
  return (
    <section className={classes.card} aria-label={title}>
      <h2>{title}</h2>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
    </section>
  );
}
