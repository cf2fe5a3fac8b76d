/** The vet's own word on findings, on its way to a provider and back: ids here, labels of the knowledge base there. */
import type { Engine } from '@mozarela/clinical/engine';
import type { Correction } from '@mozarela/clinical/types';

type Findings = Pick<Engine['bundle'], 'findings'>;

/** `finding` is an English label of the knowledge base: a closed vocabulary, so nothing personal can be in it. */
export type SentCorrection = { finding: string; assertion: Correction['assertion'] };

/** What leaves of corrections: those of findings that the knowledge base has, by their labels. */
export const correctionsSent = (
  { findings }: Findings,
  corrections: readonly Correction[] = [],
): SentCorrection[] =>
  corrections.flatMap(({ finding, assertion }) => {
    const label = Object.hasOwn(findings, finding) ? findings[finding]?.label.en : undefined;
    return label === undefined ? [] : [{ finding: label, assertion }];
  });

/** What was sent as the engine reads it; a label that two findings share corrects both. */
export function correctionsRead({ findings }: Findings, sent: readonly SentCorrection[] = []): Correction[] {
  if (sent.length === 0) return [];
  const wanted = new Map(sent.map(({ finding, assertion }) => [finding, assertion]));
  return Object.entries(findings).flatMap(([finding, { label }]) => {
    const assertion = wanted.get(label.en);
    return assertion === undefined ? [] : [{ finding, assertion }];
  });
}
