import {
  addAddendum,
  createCase,
  deleteCase,
  exportCases,
  followCases,
  getCase,
  getSoap,
  listCaseEvents,
  listCases,
  patchCase,
  putOutcome,
  restoreCase,
  signCase,
} from '@mozarela/contract/cases';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import { eventStream, sseHeaders } from '../../http/sse.ts';
import { DAY_MS } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import type { AccountActions } from '../auth/actions.ts';
import { verifyChain } from './chain.ts';
import { exportCsv, exportJson } from './export.ts';
import { clinicFeed } from './feed.ts';
import * as list from './list.ts';
import * as queries from './queries.ts';
import * as service from './service.ts';
import { type ListAnalyses, soapOf } from './soap.ts';

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** First instant of a day, or the instant itself. */
const fromTime = (value: string | undefined) => (value === undefined ? undefined : Date.parse(value));
/** A date means its whole day; an instant is inclusive to the millisecond. */
const untilTime = (value: string | undefined) =>
  value === undefined ? undefined : Date.parse(value) + (DATE_ONLY.test(value) ? DAY_MS : 1);

/** What a case needs of other features; handed over by api.ts. */
export type CaseSources = Pick<AccountActions, 'sessionLives'> & { listAnalyses: ListAnalyses };

export function caseRoutes(ports: Ports, sources: CaseSources): Binding[] {
  const { database } = ports;
  type Scope = { params: { id: string }; session: Session };

  const record = async ({ params, session }: Scope) => {
    const found = await queries.findCase(database.read(session.clinicId), session.clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  /** The case whether it is deleted or not. */
  const state = async ({ params, session }: Scope) => {
    const found = await queries.caseState(database.read(session.clinicId), session.clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  const live = async (scope: Scope) => {
    const found = await state(scope);
    if (found.deletedAt !== null) throw new AppError('not_found');
    return found;
  };

  return [
    bind(listCases, async ({ query, session }) => ({
      body: await list.listCases(database, session.clinicId, {
        ...query,
        from: fromTime(query.from),
        to: untilTime(query.to),
      }),
    })),
    bind(createCase, async ({ body, session, idempotency }) => ({
      body: await service.createCase(ports, session, { ...EMPTY, ...withoutUndefined(body) }, idempotency),
    })),
    bind(getCase, { resource: record, handle: async ({ resource }) => ({ body: resource }) }),
    bind(patchCase, {
      resource: live,
      handle: async ({ params, session, version, body }) => ({
        body: await service.changeCase(ports, session, params.id, version, body),
      }),
    }),
    bind(deleteCase, {
      resource: live,
      handle: async ({ params, session }) => {
        await service.deleteCase(ports, session, params.id);
        return {};
      },
    }),
    bind(restoreCase, {
      resource: state,
      handle: async ({ params, session }) => ({ body: await service.restoreCase(ports, session, params.id) }),
    }),
    bind(signCase, {
      resource: live,
      handle: async ({ params, session, version }) => ({
        body: await service.signCase(ports, session, params.id, version),
      }),
    }),
    bind(addAddendum, {
      resource: live,
      handle: async ({ params, session, body }) => ({
        body: await service.addAddendum(ports, session, params.id, body.text),
      }),
    }),
    bind(putOutcome, {
      resource: live,
      handle: async ({ params, session, body }) => ({
        body: await service.recordOutcome(ports, session, params.id, body.diagnosis),
      }),
    }),
    bind(listCaseEvents, {
      resource: state,
      handle: async ({ params, session, query }) => {
        const db = database.read(session.clinicId);
        const before = query.cursor === undefined ? undefined : Number(query.cursor);
        const page = await queries.listEvents(db, params.id, query.limit, before);
        return { body: { ...page, intact: await verifyChain(db, params.id) } };
      },
    }),
    bind(followCases, async ({ session, request }) => ({
      stream: eventStream(ports, clinicFeed(ports, sources, session, request.header('Last-Event-ID'))),
      headers: sseHeaders,
    })),
    bind(getSoap, {
      resource: record,
      handle: async ({ session, resource }) => ({
        stream: await soapOf(
          database.read(session.clinicId),
          sources.listAnalyses,
          session.clinicId,
          resource,
        ),
        headers: { 'Content-Disposition': `attachment; filename="case-${resource.id}.txt"` },
      }),
    }),
    bind(exportCases, async ({ query, session }) =>
      query.format === 'csv'
        ? {
            stream: exportCsv(database, session.clinicId),
            headers: { 'Content-Disposition': 'attachment; filename="cases.csv"' },
          }
        : {
            stream: exportJson(database, session.clinicId),
            contentType: 'application/json; charset=utf-8',
            headers: { 'Content-Disposition': 'attachment; filename="cases.json"' },
          },
    ),
  ];
}

/** What is not given. */
const EMPTY = {
  patientName: null,
  breed: null,
  sex: null,
  age: null,
  weightKg: null,
  labFindings: null,
  corrections: [],
};

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;
