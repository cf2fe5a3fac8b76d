/** Who calls: the session token from the cookie or the Authorization header, and the CSRF token that belongs to it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Config } from '../config.ts';
import { AppError } from './errors.ts';

export const SESSION_COOKIE = 'session_token';

/** The person behind a request, as read with it. */
export type Session = {
  sessionId: string;
  userId: string;
  email: string;
  fullName: string;
  isAdmin: boolean;
  clinicId: string;
  clinicName: string;
  role: 'owner' | 'vet' | 'nurse';
  csrfToken: string;
  /** The token itself when it came in the cookie, to give the cookie a new life; null for programs. */
  cookieToken: string | null;
};

/** Looks a token up; null when it is unknown, expired or revoked. */
export type Authenticate = (token: string) => Promise<Omit<Session, 'cookieToken'> | null>;

export type Credential = { token: string; from: 'cookie' | 'header' };

const TOKEN = /^[\w-]{43}$/;

/** The credential of a request; null when there is none or it cannot be one of ours. */
export function credentialOf(request: Request): Credential | null {
  for (const name of [SESSION_COOKIE, 'token', 'access_token'])
    if (name in request.query)
      throw new AppError('bad_request', { detail: 'A session token must not be sent in the address' });
  const header = request.headers.authorization;
  if (header !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
    return token && TOKEN.test(token) ? { token, from: 'header' } : null;
  }
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const [name, value = ''] = pair.trim().split('=');
    if (name === SESSION_COOKIE && TOKEN.test(value)) return { token: value, from: 'cookie' };
  }
  return null;
}

/** What is stored of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The CSRF token follows from the session token: nothing to store, and of no use for anything else. */
export const csrfTokenOf = (token: string): string =>
  createHmac('sha256', token).update('csrf').digest('base64url');

/** @throws AppError csrf_failed unless the request carries the session's CSRF token */
export function requireCsrf(request: Request, session: Session): void {
  const sent = Buffer.from(request.get('X-CSRF-Token') ?? '');
  const expected = Buffer.from(session.csrfToken);
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw new AppError('csrf_failed');
}

/** The Set-Cookie header that gives a token to a browser, or takes it away when the token is empty. */
export function sessionCookie({ cookie, sessionTtlMs }: Config, token: string): string {
  const maxAge = token ? Math.floor(sessionTtlMs / 1000) : 0;
  const secure = cookie.secure ? '; Secure' : '';
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=${cookie.sameSite}; Max-Age=${maxAge}${secure}`;
}
