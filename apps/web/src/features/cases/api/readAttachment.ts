import { getAttachment } from '@mozarela/contract/attachments';
import { queryOptions } from '@tanstack/react-query';
import { callText, urlOf } from '../../../lib/call.ts';

/** Where a browser reads a file: an image's source, or a download. */
export const fileUrl = (id: string, query: { download?: '1'; direct?: '1' } = {}): string =>
  urlOf(getAttachment, { params: { id }, query });

/** The text of a file; it never changes. */
export const fileText = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'file', id],
    queryFn: ({ signal }) => callText(getAttachment, { params: { id }, query: { direct: '1' }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
