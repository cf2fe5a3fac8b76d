import { getMe } from '@mozarela/contract/auth';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { hasCode } from './apiError.ts';
import { call } from './call.ts';
import { readStored, removeStored, writeStored } from './storage.ts';

export const ME_KEY = ['me'] as const;

const SIGNED_IN = 'signed-in';

/** A hint from the last visit, so that a signed-in person does not see the visitors' page flash by. */
export function wasSignedIn(): boolean {
  return readStored<boolean>(SIGNED_IN) ?? false;
}

/** Who is signed in; `null` when nobody is. */
export async function fetchMe() {
  try {
    const me = await call(getMe);
    writeStored(SIGNED_IN, true);
    return me;
  } catch (error) {
    if (hasCode(error, 'unauthenticated')) {
      removeStored(SIGNED_IN);
      return null;
    }
    throw error;
  }
}

export type Me = NonNullable<Awaited<ReturnType<typeof fetchMe>>>;

export function useMe() {
  return useQuery({ queryKey: ME_KEY, queryFn: fetchMe, staleTime: Number.POSITIVE_INFINITY });
}

/** Drops everything that belongs to a session from the cache. */
export function forgetSession(client: QueryClient): void {
  client.clear();
  removeStored(SIGNED_IN);
  client.setQueryData(ME_KEY, null);
}
