/** A program that signs up and talks to the API as a vet's browser would: cookie, CSRF token, JSON. */
let registered = 0;

export type Vet = {
  email: string;
  password: string;
  cookie: string;
  csrfToken: string;
  request: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
};

export async function registerVet(url: string): Promise<Vet> {
  registered += 1;
  const email = `vet${registered}.${Date.now()}@clinic.example`;
  const password = `quiet-paddock-${registered}-lantern`;
  const answer = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      fullName: `Vet ${registered}`,
      email,
      password,
      clinicName: `Clinic ${registered}`,
    }),
  });
  if (answer.status !== 201) throw new Error(`register: ${answer.status} ${await answer.text()}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return {
    email,
    password,
    cookie,
    csrfToken,
    request: (method, path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: {
          cookie,
          'x-csrf-token': csrfToken,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
  };
}
