import { type AiSettings, aiPreview, getAiSettings, putAiSettings } from '@mozarela/contract/ai';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { AiParts } from '../../config/parts.ts';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { AiSources } from './prepare.ts';
import { previewOf } from './preview.ts';
import { dayOf, isAllowed, setAllowed, spentOn } from './store.ts';

type CaseSource = {
  findCase(db: Executor, clinicId: string, id: string): Promise<CaseRecord | null>;
};

export function aiRoutes(ports: Ports, sources: AiSources & CaseSource): Binding[] {
  const { database, now } = ports;
  return [
    bind(getAiSettings, async ({ session }) => ({ body: await settingsOf(ports, session) })),
    bind(putAiSettings, async ({ session, body }) => {
      if (session.role !== 'owner')
        throw new AppError('forbidden', { detail: 'Only the owner of the clinic may allow or stop AI.' });
      await database.write(session.clinicId, (trx) => setAllowed(trx, session, body.enabled, now()));
      return { body: await settingsOf(ports, session) };
    }),
    bind(aiPreview, {
      resource: async ({ params, session }) => {
        const found = await sources.findCase(database.read(session.clinicId), session.clinicId, params.id);
        if (!found) throw new AppError('not_found');
        return found;
      },
      handle: async ({ session, resource, query }) => {
        const asked = { attachments: query.attachments ?? [], commentOn: query.commentOn ?? null };
        return { body: await previewOf(ports, sources, session.clinicId, resource, asked) };
      },
    }),
  ];
}

async function settingsOf(
  { ai, config, database, now }: Ports,
  { clinicId, role }: Session,
): Promise<AiSettings> {
  const db = database.read(clinicId);
  const { calls, hits, tokens } = await spentOn(db, dayOf(now()), clinicId);
  return {
    configured: ai !== null,
    provider: ai && config.parts.ai && providerOf(ai.adapter, config.parts.ai),
    enabled: await isAllowed(db, clinicId),
    mayChange: role === 'owner',
    usage: { calls, hits, tokens, tokensPerDay: config.ai.clinicTokensPerDay },
  };
}

const HOSTS = { gemini: 'generativelanguage.googleapis.com', openai: 'api.openai.com' };

/** Who gets the case, in words that a vet can look up. */
const providerOf = (adapter: string, { provider, baseUrl, model }: AiParts) => ({
  adapter,
  host: (baseUrl && URL.parse(baseUrl)?.host) || HOSTS[provider],
  model,
});
