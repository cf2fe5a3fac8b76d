/** What page and worker say to each other. */

import type { Animal } from '@mozarela/clinical/animals';
import type { ConditionEntry } from '@mozarela/clinical/reading/condition-index';
import type { ConditionPage } from '@mozarela/clinical/reading/condition-page';
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
  | { type: 'explainRest'; result: AnalysisResult; diagnosisId: string }
  | { type: 'conditions' }
  | { type: 'condition'; conditionId: string };

/** What a task is answered with. */
export type WorkerAnswers = {
  load: KnowledgeInfo;
  analyze: AnalysisResult;
  explainRest: AnalysisResult;
  conditions: ConditionEntry[];
  /** Null when the knowledge base does not hold it. */
  condition: ConditionPage | null;
};

export type WorkerRequest = WorkerTask & { id: number };
export type WorkerReply = { id: number; value: unknown } | { id: number; error: string };
