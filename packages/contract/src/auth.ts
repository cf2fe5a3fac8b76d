import { z } from 'zod';
import { filledText, id, list, text, time } from './common.ts';
import { route } from './route.ts';

export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((value) => value.toLowerCase());
/** Length is the rule (NIST SP 800-63B); the server also refuses common passwords. */
export const password = text(200, 12);
const fullName = filledText(120);

export const role = z.enum(['owner', 'vet', 'nurse']);

export const user = z
  .object({
    id,
    email: z.string(),
    fullName: z.string(),
    isAdmin: z.boolean(),
    clinic: z.object({ id, name: z.string(), role }),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

export const me = user.extend({ csrfToken: z.string() });
export const signedIn = z.object({ user, csrfToken: z.string(), expiresAt: time });

export const register = route({
  method: 'POST',
  path: '/api/auth/register',
  tag: 'auth',
  summary: 'Create an account and a clinic; the first account of an installation is its administrator',
  auth: 'public',
  limit: 'api',
  csrf: false,
  body: z.strictObject({
    fullName,
    email,
    password,
    clinicName: filledText(120).optional(),
    invitation: text(200).optional(),
    setupToken: text(200).optional(),
  }),
  responses: { 201: signedIn },
  errors: ['email_taken', 'registration_closed', 'setup_token_required'],
});

export const login = route({
  method: 'POST',
  path: '/api/auth/login',
  tag: 'auth',
  summary: 'Sign in',
  auth: 'public',
  limit: 'login',
  csrf: false,
  body: z.strictObject({ email, password: text(200, 1) }),
  responses: { 200: signedIn },
  errors: ['invalid_credentials'],
});

export const logout = route({
  method: 'POST',
  path: '/api/auth/logout',
  tag: 'auth',
  summary: 'End this session',
  auth: 'session',
  limit: 'api',
  responses: { 204: null },
});

export const getMe = route({
  method: 'GET',
  path: '/api/me',
  tag: 'me',
  summary: 'Who is signed in',
  auth: 'session',
  limit: 'api',
  responses: { 200: me },
});

export const patchMe = route({
  method: 'PATCH',
  path: '/api/me',
  tag: 'me',
  summary: 'Change name, e-mail or clinic name (the owner only)',
  auth: 'session',
  limit: 'api',
  body: z
    .strictObject({
      fullName: fullName.optional(),
      email: email.optional(),
      clinicName: filledText(120).optional(),
      /** Required when the e-mail changes. */
      password: text(200).optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      message: 'nothing to change',
    }),
  responses: { 200: me },
  errors: ['email_taken', 'invalid_credentials', 'forbidden'],
});

export const changePassword = route({
  method: 'POST',
  path: '/api/me/password',
  tag: 'me',
  summary: 'Change the password; ends every other session',
  auth: 'session',
  limit: 'api',
  body: z.strictObject({ currentPassword: text(200), newPassword: password }),
  responses: { 204: null },
  errors: ['invalid_credentials'],
});

export const deleteMe = route({
  method: 'DELETE',
  path: '/api/me',
  tag: 'me',
  summary: 'Anonymise the account; the clinic keeps its cases',
  auth: 'session',
  limit: 'api',
  /** A password that is sent must be right; programs may leave the body out. */
  body: z.strictObject({ password: text(200) }).optional(),
  responses: { 204: null },
  errors: ['invalid_credentials', 'conflict'],
});

export const exportMe = route({
  method: 'GET',
  path: '/api/me/export',
  tag: 'me',
  summary: 'All personal data as JSON',
  auth: 'session',
  limit: 'api',
  responses: { 200: z.record(z.string(), z.unknown()) },
});

export const resetPassword = route({
  method: 'POST',
  path: '/api/auth/reset',
  tag: 'auth',
  summary: 'Set a new password with a one-time link of at most an hour',
  auth: 'public',
  limit: 'login',
  csrf: false,
  body: z.strictObject({ token: text(200, 1), password }),
  responses: { 204: null },
  errors: ['gone'],
});

/** `fresh` installations have no account yet: the first one becomes the administrator. */
export const installation = route({
  method: 'GET',
  path: '/api/installation',
  tag: 'auth',
  summary: 'What the sign-up page needs to know',
  auth: 'public',
  limit: 'api',
  responses: {
    200: z.object({
      fresh: z.boolean(),
      registration: z.enum(['open', 'invite']),
      setupTokenRequired: z.boolean(),
      /** A provider of a language model is set up. */
      ai: z.boolean(),
      knowledgeVersion: z.string(),
    }),
  },
});

export const session = z
  .object({
    id,
    device: z.string(),
    createdAt: time,
    lastUsedAt: time,
    expiresAt: time,
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

export const refreshSession = route({
  method: 'POST',
  path: '/api/sessions/refresh',
  tag: 'sessions',
  summary: 'Prolong this session',
  auth: 'session',
  limit: 'api',
  responses: { 200: z.object({ expiresAt: time }) },
});

export const listSessions = route({
  method: 'GET',
  path: '/api/sessions',
  tag: 'sessions',
  summary: 'Own sessions',
  auth: 'session',
  limit: 'api',
  responses: { 200: list(session) },
});

export const deleteSession = route({
  method: 'DELETE',
  path: '/api/sessions/:id',
  tag: 'sessions',
  summary: 'End one of the own sessions',
  auth: 'session',
  limit: 'api',
  params: z.strictObject({ id }),
  responses: { 204: null },
});
