import { liveness, readiness } from '@mozarela/contract/health';
import { type Binding, bind } from '../../http/bind.ts';
import type { Readiness } from './service.ts';

export const healthRoutes = (readinessNow: () => Promise<Readiness>): Binding[] => [
  bind(liveness, async () => ({ body: { status: 'ok' as const } })),
  bind(readiness, async () => {
    const body = await readinessNow();
    return { status: body.status === 'down' ? (503 as const) : (200 as const), body };
  }),
];
