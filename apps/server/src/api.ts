/** Every feature's routes: a new feature is one line here. What one feature needs of another is handed over here. */
import { audit } from './features/admin/queries.ts';
import { adminRoutes } from './features/admin/routes.ts';
import { runAiAnalysis } from './features/ai/job.ts';
import { aiRequests } from './features/ai/request.ts';
import { aiRoutes } from './features/ai/routes.ts';
import { aiStats } from './features/ai/store.ts';
import {
  clinicalEngine,
  keywordDoubts,
  knowledgeVersion,
  knowsCondition,
} from './features/analyses/engine.ts';
import { analysisProgressRoutes } from './features/analyses/progress-routes.ts';
import { analysisRoutes } from './features/analyses/routes.ts';
import {
  caseInput,
  enqueueAnalysis,
  findAnalysis,
  keepCached,
  listAnalyses,
} from './features/analyses/service.ts';
import { attachmentRoutes } from './features/attachments/routes.ts';
import { accountActions } from './features/auth/actions.ts';
import { authRoutes } from './features/auth/routes.ts';
import { findAttachment } from './features/cases/attachment-queries.ts';
import { recordAttachments, recordRemoval } from './features/cases/attachments.ts';
import { caseState, clinicOfCase, findCase, listAllCases } from './features/cases/queries.ts';
import { caseRoutes } from './features/cases/routes.ts';
import { indexCase } from './features/cases/search.ts';
import { deleteCase } from './features/cases/service.ts';
import { docsRoutes } from './features/docs/routes.ts';
import { healthRoutes } from './features/health/routes.ts';
import type { Readiness } from './features/health/service.ts';
import { queueHealth } from './features/jobs/health.ts';
import { jobRoutes } from './features/jobs/routes.ts';
import { meRoutes } from './features/me/routes.ts';
import { anonymise } from './features/me/service.ts';
import { protocolRoutes } from './features/protocols/routes.ts';
import { findProtocol } from './features/protocols/service.ts';
import { reportRoutes } from './features/reports/routes.ts';
import { sessionRoutes } from './features/sessions/routes.ts';
import { statisticsRoutes } from './features/statistics/routes.ts';
import type { Binding } from './http/bind.ts';
import { jobTypes } from './jobs.ts';
import type { Ports } from './ports.ts';

const aiSources = { engine: clinicalEngine, caseInput, findAttachment, findAnalysis };

const askAi = (ports: Ports) =>
  aiRequests(ports, aiSources, {
    enqueue: (trx, jobs, actor, record, asked) =>
      enqueueAnalysis(trx, jobs, actor, record, {
        ...asked,
        engine: 'ai',
        now: ports.now(),
        definition: runAiAnalysis,
      }),
    keep: (trx, actor, record, answer) => keepCached(ports, { indexCase }, trx, { actor, record, ...answer }),
  });

/** @param readiness what /healthz says */
export const apiRoutes = (ports: Ports, readiness: () => Promise<Readiness>): Binding[] => [
  ...healthRoutes(readiness),
  ...docsRoutes(),
  ...authRoutes(ports, knowledgeVersion),
  ...meRoutes(ports, accountActions),
  ...sessionRoutes(ports, accountActions),
  ...caseRoutes(ports, { ...accountActions, listAnalyses }),
  ...attachmentRoutes(ports, { caseState, findAttachment, recordAttachments, recordRemoval }),
  ...analysisRoutes(ports, { findCase, findProtocol, indexCase, askAi: askAi(ports) }),
  ...analysisProgressRoutes(ports, accountActions),
  ...aiRoutes(ports, { ...aiSources, findCase }),
  ...protocolRoutes(ports, { keywordDoubts }),
  ...statisticsRoutes(ports),
  ...reportRoutes(ports, { audit, findAnalysis, knowledgeVersion, knowsCondition }),
  ...adminRoutes(ports, {
    ...accountActions,
    anonymise,
    listAllCases,
    clinicOfCase,
    deleteCase,
    aiStats,
    queueHealth,
  }),
  ...jobRoutes(ports, { audit, types: jobTypes }),
];
