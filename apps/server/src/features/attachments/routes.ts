import {
  type Attachment,
  addAttachments,
  deleteAttachment,
  getAttachment,
} from '@mozarela/contract/attachments';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import { dispositionOf } from './naming.ts';
import { rangeOf } from './range.ts';
import * as service from './service.ts';

type State = { status: 'open' | 'signed'; deletedAt: number | null };
type StoredAttachment = Attachment & { caseId: string; blobKey: string };
type Cases = service.CaseFiles & {
  findAttachment(db: Executor, clinicId: string, id: string): Promise<StoredAttachment | null>;
  caseState(db: Executor, clinicId: string, id: string): Promise<State | null>;
};

/** How long a link to the store can be followed. */
const LINK_MS = 60_000;

/** Whatever a file holds, a browser that opens it by itself gives it no rights. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

type Reading = { direct?: string; download?: string; header(name: string): string | undefined };

async function read(ports: Ports, file: StoredAttachment, { direct, download, header }: Reading) {
  const { contentType, size } = file;
  const etag = `"${file.sha256}"`;
  // Asked for each time, so that a file that was removed is gone at once; the bytes travel only once.
  const fresh = { ETag: etag, 'Cache-Control': 'private, no-cache' };
  if (header('If-None-Match')?.includes(etag)) return { status: 304 as const, headers: fresh };
  const disposition = dispositionOf(download ? 'attachment' : 'inline', file.name);
  const link = direct
    ? null
    : await ports.blobs.link(file.blobKey, { ttlMs: LINK_MS, contentType, disposition });
  if (link) return { status: 302 as const, headers: { Location: link } };
  const ifRange = header('If-Range');
  const range = ifRange === undefined || ifRange === etag ? rangeOf(header('Range'), size) : null;
  const stream = await service.open(ports, file, range);
  const headers = {
    ...fresh,
    'Accept-Ranges': 'bytes',
    'Content-Disposition': disposition,
    'Content-Security-Policy': SANDBOX,
    'Content-Length': String(range ? range.end - range.start + 1 : size),
  };
  if (!range) return { status: 200 as const, stream, contentType, headers };
  const part = { ...headers, 'Content-Range': `bytes ${range.start}-${range.end}/${size}` };
  return { status: 206 as const, stream, contentType, headers: part };
}

export function attachmentRoutes(ports: Ports, cases: Cases): Binding[] {
  const { database } = ports;
  type Scope = { params: { id: string }; session: Session };

  const live = async ({ params, session }: Scope) => {
    const found = await cases.caseState(database.read(session.clinicId), session.clinicId, params.id);
    if (!found || found.deletedAt !== null) throw new AppError('not_found');
    return found;
  };
  const attachment = async ({ params, session }: Scope) => {
    const found = await cases.findAttachment(database.read(session.clinicId), session.clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };

  return [
    bind(addAttachments, {
      resource: live,
      handle: async ({ params, session, files, resource, idempotency }) => {
        // Before a file is read; it is looked at again in the transaction.
        if (resource.status === 'signed') throw new AppError('record_signed');
        const added = await service.addAttachments(ports, cases, session, params.id, files, idempotency);
        return { body: { items: added, nextCursor: null } };
      },
    }),
    bind(getAttachment, {
      resource: attachment,
      handle: async ({ resource, query, request }) =>
        read(ports, resource, { ...query, header: request.header }),
    }),
    bind(deleteAttachment, {
      resource: attachment,
      handle: async ({ session, resource }) => {
        await cases.recordRemoval(ports, session, resource.caseId, resource.id);
        return {};
      },
    }),
  ];
}
