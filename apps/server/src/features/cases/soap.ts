import { soapAnalysis, soapText } from '@mozarela/clinical/soap';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Executor } from '../../seams/database/port.ts';

/** The newest analyses of a case, newest first; handed over by the feature that keeps them. */
export type ListAnalyses = (db: Executor, clinicId: string, caseId: string) => Promise<Analysis[]>;

/** The case as SOAP text, with the analysis that `soapAnalysis` picks. */
export async function soapOf(
  db: Executor,
  listAnalyses: ListAnalyses,
  clinicId: string,
  record: CaseRecord,
): Promise<string> {
  const picked = soapAnalysis(await listAnalyses(db, clinicId, record.id));
  return soapText(record, picked?.result ?? null);
}
