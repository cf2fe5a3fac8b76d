import {
  type Analysis,
  analyze,
  createAnalysis,
  getAnalysis,
  listAnalyses,
} from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import type { IdempotencyClaim } from '../../http/once.ts';
import type { Session } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import * as service from './service.ts';

/** Asks the ai engine; handed over by the feature that is it. */
type AskAi = (request: {
  actor: Session;
  record: CaseRecord;
  consent: boolean;
  attachments: string[];
  consentAttachments: boolean;
  commentOn: string | null;
  claim: IdempotencyClaim | null;
}) => Promise<Analysis>;

export function analysisRoutes(ports: Ports, sources: service.AnalysisSources & { askAi: AskAi }): Binding[] {
  const { database } = ports;
  const record = async ({ params, session }: { params: { id: string }; session: Session }) => {
    const found = await sources.findCase(database.read(session.clinicId), session.clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  const analysis = async ({ params, session }: { params: { id: string }; session: Session }) => {
    const { clinicId } = session;
    const found = await service.findAnalysis(database.read(clinicId), clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  return [
    bind(analyze, async ({ body, session }) => {
      const { engine, protocolId, ...input } = body;
      if (engine === 'knowledge') return { body: await service.run(input, null) };
      if (!session)
        throw new AppError('unauthenticated', { detail: 'A protocol belongs to a clinic: sign in first.' });
      const db = database.read(session.clinicId);
      const protocol = await service.requireProtocol(sources, db, session.clinicId, protocolId);
      return { body: await service.run(input, protocol) };
    }),
    bind(createAnalysis, {
      resource: record,
      handle: async ({ body, session, resource, idempotency }) => {
        const { engine, protocolId } = body;
        if (engine === 'ai') {
          const { consent = false, attachments = [], consentAttachments = false, commentOn = null } = body;
          if ((body.caseVersion ?? resource.version) !== resource.version)
            throw new AppError('version_conflict', {
              detail: 'The case was changed after its preview: look at what would leave now.',
            });
          const analysis = await sources.askAi({
            actor: session,
            record: resource,
            consent,
            attachments,
            consentAttachments,
            commentOn,
            claim: idempotency,
          });
          const status = analysis.status === 'succeeded' ? (201 as const) : (202 as const);
          return { status, body: analysis };
        }
        const request = { engine, protocolId };
        return {
          status: 201 as const,
          body: await service.analyzeCase(ports, sources, session, resource, request, idempotency),
        };
      },
    }),
    bind(getAnalysis, { resource: analysis, handle: async ({ resource }) => ({ body: resource }) }),
    bind(listAnalyses, {
      resource: record,
      handle: async ({ params, session }) => ({
        body: {
          items: await service.listAnalyses(database.read(session.clinicId), session.clinicId, params.id),
          nextCursor: null,
        },
      }),
    }),
  ];
}
