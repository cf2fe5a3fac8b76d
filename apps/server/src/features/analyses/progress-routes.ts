/** Analyses that are not waited for: their events, and a way to stop them. */
import { analysisEvents, cancelAnalysis } from '@mozarela/contract/analyses';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import { eventStream, sseHeaders } from '../../http/sse.ts';
import type { Ports } from '../../ports.ts';
import type { AccountActions } from '../auth/actions.ts';
import * as service from './service.ts';
import { analysisFeed, sawTheEnd } from './stream.ts';

export function analysisProgressRoutes(
  ports: Ports,
  sources: Pick<AccountActions, 'sessionLives'>,
): Binding[] {
  const analysis = async ({ params, session }: { params: { id: string }; session: Session }) => {
    const { clinicId } = session;
    const found = await service.findAnalysis(ports.database.read(clinicId), clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  return [
    bind(analysisEvents, {
      resource: analysis,
      handle: async ({ params, session, resource, request }) => {
        const lastEventId = request.header('Last-Event-ID') ?? null;
        // 204 tells a browser not to come again.
        if (sawTheEnd(resource, lastEventId)) return { status: 204 as const };
        return {
          status: 200 as const,
          headers: sseHeaders,
          stream: eventStream(ports, analysisFeed(ports, sources, session, params.id, lastEventId)),
        };
      },
    }),
    bind(cancelAnalysis, {
      resource: analysis,
      handle: async ({ params, session }) => ({
        body: await service.cancelAnalysis(ports, session.clinicId, params.id),
      }),
    }),
  ];
}
