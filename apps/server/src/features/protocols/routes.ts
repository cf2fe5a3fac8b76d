import { PROTOCOL_TEMPLATE } from '@mozarela/clinical/protocol/template';
import {
  createProtocol,
  deleteProtocol,
  getProtocol,
  getProtocolVersion,
  listProtocols,
  listProtocolVersions,
  protocolTemplate,
  putProtocol,
  validateProtocol,
} from '@mozarela/contract/protocols';
import { type Binding, bind } from '../../http/bind.ts';
import type { Form } from '../../http/body.ts';
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import * as service from './service.ts';

/** A CSV file becomes the same body as JSON; its name is the protocol's unless another was given. */
function fromForm({ fields, file }: Form): { name?: string; csv?: string } {
  const name = fields.name || file?.name.replace(/\.csv$/i, '') || undefined;
  return { name, csv: file ? decode(file.bytes) : fields.csv };
}

/** UTF-8, or else Windows-1252, which spreadsheets still write. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function protocolRoutes(ports: Ports, sources: service.ProtocolSources): Binding[] {
  const { database } = ports;
  const protocol = async ({ params, session }: { params: { id: string }; session: Session }) => {
    const found = await service.findProtocol(database.read(session.clinicId), session.clinicId, params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  return [
    bind(listProtocols, async ({ session }) => ({
      body: {
        items: await service.listProtocols(database.read(session.clinicId), session.clinicId),
        nextCursor: null,
      },
    })),
    bind(createProtocol, {
      form: fromForm,
      handle: async ({ body, session }) => ({
        body: await service.createProtocol(ports, sources, session, body),
      }),
    }),
    bind(getProtocol, { resource: protocol, handle: async ({ resource }) => ({ body: resource }) }),
    bind(putProtocol, {
      resource: protocol,
      form: fromForm,
      handle: async ({ params, body, session }) => ({
        body: await service.replaceProtocol(ports, sources, session, params.id, body),
      }),
    }),
    bind(deleteProtocol, {
      resource: protocol,
      handle: async ({ params, session }) => {
        await service.deleteProtocol(ports, session, params.id);
        return {};
      },
    }),
    bind(listProtocolVersions, {
      resource: protocol,
      handle: async ({ params, session }) => ({
        body: {
          items: await service.listVersions(database.read(session.clinicId), params.id),
          nextCursor: null,
        },
      }),
    }),
    bind(getProtocolVersion, {
      resource: async ({ params, session: { clinicId } }) => {
        const version = { id: params.id, version: Number(params.version) };
        const found = await service.findVersion(database.read(clinicId), clinicId, version);
        if (!found) throw new AppError('not_found');
        return found;
      },
      handle: async ({ resource }) => ({ body: resource }),
    }),
    bind(validateProtocol, {
      form: fromForm,
      handle: async ({ body }) => ({ body: await service.validate(sources, body.csv) }),
    }),
    bind(protocolTemplate, async () => ({
      stream: PROTOCOL_TEMPLATE,
      headers: { 'Content-Disposition': 'attachment; filename="protocol-template.csv"' },
    })),
  ];
}
