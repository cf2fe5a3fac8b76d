import type { QualityReport } from '@mozarela/clinical/reading/quality-report';
import { useQuery } from '@tanstack/react-query';
import reportUrl from '../../../../../../packages/clinical/generated/quality.json?url';

async function fetchReport(): Promise<QualityReport> {
  const response = await fetch(reportUrl);
  if (!response.ok) throw new Error(`quality report: ${response.status}`);
  return (await response.json()) as QualityReport;
}

/** What was measured of this build's engine; made at build time from the committed result. */
export function useQuality() {
  return useQuery({ queryKey: ['quality'], queryFn: fetchReport, staleTime: Number.POSITIVE_INFINITY });
}
