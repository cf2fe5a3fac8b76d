import { soapText } from '@mozarela/clinical/soap';
import type { AnalysisResult } from '@mozarela/clinical/types';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Executor } from '../../seams/database/port.ts';

/** The case as SOAP text, with its newest finished analysis. */
export async function soapOf(db: Executor, record: CaseRecord): Promise<string> {
  const latest = await db
    .selectFrom('analyses')
    .select('result')
    .where('case_id', '=', record.id)
    .where('status', '=', 'succeeded')
    .where('comment_on', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return soapText(record, latest?.result ? (JSON.parse(latest.result) as AnalysisResult) : null);
}
