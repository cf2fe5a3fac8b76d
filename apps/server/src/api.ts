/** Every feature's routes: a new feature is one line here. */
import { authRoutes } from './features/auth/routes.ts';
import { healthRoutes } from './features/health/routes.ts';
import type { Binding } from './http/bind.ts';
import type { Ports } from './ports.ts';

export const apiRoutes = (ports: Ports): Binding[] => [...healthRoutes(ports), ...authRoutes(ports)];
