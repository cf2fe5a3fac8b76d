/** Uploads that tell how far they are, which `fetch` cannot. */
import type { Problem } from '@mozarela/contract/common';
import type { RouteAnswer, RouteDefinition, UploadRule } from '@mozarela/contract/route';
import { ApiError, hasCode } from './apiError.ts';
import { csrfHeader, urlOf } from './call.ts';

type UploadRoute = RouteDefinition & { upload: UploadRule };

export type UploadOptions = {
  params: Record<string, string>;
  file: File;
  /** The same for a repeated attempt: a file that did arrive is not kept twice. */
  idempotencyKey: string;
  /** 0 to 1 */
  onProgress: (done: number) => void;
  signal: AbortSignal;
};

function errorOf({ status, responseText }: XMLHttpRequest): ApiError {
  try {
    return new ApiError(status, JSON.parse(responseText) as Problem);
  } catch {
    return new ApiError(status, { code: 'unavailable' });
  }
}

function send(route: UploadRoute, options: UploadOptions, headers: Record<string, string>): Promise<unknown> {
  const { params, file, idempotencyKey, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, urlOf(route, { params }));
    for (const [name, value] of Object.entries({ ...headers, 'idempotency-key': idempotencyKey }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status < 300 ? resolve(JSON.parse(request.responseText)) : reject(errorOf(request));
    request.onerror = () => reject(new ApiError(0, { code: 'offline' }));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.append(route.upload.field, file);
    request.send(form);
  });
}

/** Sends one file to a route that takes uploads. @throws {ApiError} as `call` does; AbortError when cancelled */
export async function uploadFile<R extends UploadRoute>(
  route: R,
  options: UploadOptions,
): Promise<RouteAnswer<R>> {
  try {
    return (await send(route, options, await csrfHeader())) as RouteAnswer<R>;
  } catch (error) {
    if (!hasCode(error, 'csrf_failed')) throw error;
    return (await send(route, options, await csrfHeader({ anew: true }))) as RouteAnswer<R>;
  }
}
