/** What would leave, exactly, and what a person should know before agreeing to it. */
import type { AiPreview } from '@mozarela/contract/ai';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Ports } from '../../ports.ts';
import { requireAsked } from './asked.ts';
import { IMAGE_WARNING, type SentFile } from './attachments.ts';
import { type AiSources, type Asked, prepareCase } from './prepare.ts';

/** @throws AppError validation_failed when a file or an analysis is none of this case */
export async function previewOf(
  ports: Ports,
  sources: AiSources,
  clinicId: string,
  record: CaseRecord,
  asked: Asked,
): Promise<AiPreview> {
  await requireAsked(sources, ports.database.read(clinicId), clinicId, record, asked);
  const model = ports.ai?.models.primary ?? '';
  const prepared = await prepareCase(sources, ports, { clinicId, record, model }, asked);
  if (!prepared) throw new Error('a file or an analysis went while it was looked at');
  const { prompt, payload, redactions, files } = prepared;
  return {
    promptVersion: prompt.version,
    system: prompt.system,
    payload: { ...payload, sex: payload.sex ?? null },
    files: filesOf(files),
    redactions,
  };
}

function filesOf(files: readonly SentFile[]): AiPreview['files'] {
  let document = 0;
  return files.map((file) => {
    const none = { id: file.id, sends: file.sends, note: null, document: null, picture: null };
    if (file.sends === 'nothing') return { ...none, note: file.reason };
    if (file.sends === 'text') {
      document += 1;
      return { ...none, document: document - 1 };
    }
    const { mediaType, bytes } = file.image;
    const picture = { mediaType, bytes: bytes.length, sha256: file.imageHash };
    return { ...none, note: IMAGE_WARNING, picture };
  });
}
