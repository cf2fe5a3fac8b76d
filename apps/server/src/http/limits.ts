/** Request limits per person, or per address when signed out, told in the RateLimit headers of the IETF draft. */
import { isIP, isIPv6 } from 'node:net';
import type { RouteLimit } from '@mozarela/contract/route';
import type { Request, Response } from 'express';
import type { Config } from '../config.ts';
import type { BucketState, Limits } from '../seams/limits/port.ts';
import { AppError } from './errors.ts';

/** The sender's address; of IPv6 the network, which is what one customer has. A proxy may say anything: only addresses count. */
export function addressOf(request: Request): string {
  const address = (request.ip ?? 'unknown').replace(/^::ffff:/i, '');
  if (!isIPv6(address)) return isIP(address) ? address : 'unknown';
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string) => (part ? part.split(':') : []);
  const missing = Math.max(0, 8 - groups(head).length - groups(tail).length);
  return [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)].slice(0, 4).join(':');
}

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

/** @throws AppError rate_limited with Retry-After when a bucket was full */
export function refuseIfFull(states: BucketState[]): void {
  const full = states.filter(({ allowed }) => !allowed);
  if (full.length === 0) return;
  const wait = seconds(Math.max(...full.map(({ resetMs }) => resetMs)));
  throw new AppError('rate_limited', {
    detail: `Too many requests: try again in ${wait} s`,
    headers: { 'Retry-After': String(wait) },
  });
}

export type LimitRequest = (
  limit: RouteLimit,
  caller: { userId?: string; address: string },
  response: Response,
) => Promise<void>;

/** Counts a request and tells what is left; admin routes count towards both limits. */
export function requestLimiter(limits: Limits, rules: Config['limits']): LimitRequest {
  return async (limit, { userId, address }, response) => {
    if (limit === 'none') return;
    const who = userId ? `user:${userId}` : `address:${address}`;
    const names = limit === 'admin' ? (['api', 'admin'] as const) : (['api'] as const);
    const states = await limits.hit(names.map((name) => ({ key: `${name}:{${who}}`, ...rules[name] })));
    const policies = names.map((name) => `"${name}";q=${rules[name].max};w=${seconds(rules[name].windowMs)}`);
    const left = names.map(
      (name, index) => `"${name}";r=${states[index]!.remaining};t=${seconds(states[index]!.resetMs)}`,
    );
    response.setHeader('RateLimit-Policy', policies.join(', '));
    response.setHeader('RateLimit', left.join(', '));
    refuseIfFull(states);
  };
}
