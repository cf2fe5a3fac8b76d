/** What page and worker say to each other. */

import type { Animal } from '@mozarela/clinical/animals';
import type { AnalysisResult, CaseInput } from '@mozarela/clinical/types';

export type BreedOption = { name: string; animal: Animal; search: string };
export type FindingOption = { id: string; label: string; search: string };

/** What the forms need to know of the knowledge base. */
export type KnowledgeInfo = {
  version: string;
  conditions: number;
  findings: FindingOption[];
  breeds: BreedOption[];
};

export type WorkerTask =
  | { type: 'load' }
  | { type: 'analyze'; input: CaseInput }
  | { type: 'explainRest'; result: AnalysisResult; diagnosisId: string };

export type WorkerRequest = WorkerTask & { id: number };
export type WorkerReply = { id: number; value: unknown } | { id: number; error: string };
