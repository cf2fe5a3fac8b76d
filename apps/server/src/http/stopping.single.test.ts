import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startApp } from '../../test/harness.ts';

describe('stopping', () => {
  it('finishes a request that has begun, answers 503 for readiness, and takes nothing new', async () => {
    const app = await startApp();
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const body = JSON.stringify({ email: 'a@example.org', password: 'x' });
    socket.write(
      `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    const ready = connect(Number(port), '127.0.0.1');
    let readiness = '';
    ready.on('data', (chunk) => {
      readiness += chunk.toString();
    });
    ready.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = app.close();
    ready.write('\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(fetch(`${app.url}/_health`)).rejects.toThrow();
    socket.write(body);
    await closed;
    expect(readiness).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });

  it('ends event streams, which would hold it up, and tells proxies not to buffer them', async () => {
    const app = await startApp();
    const vet = await app.vet();
    const cookie = [...vet.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const stream = await fetch(`${app.url}/api/events`, { headers: { cookie } });
    expect(stream.headers.get('X-Accel-Buffering')).toBe('no');
    const started = performance.now();
    const ended = stream.text();
    await app.close();
    await ended;
    // Open requests are cut off after ten seconds.
    expect(performance.now() - started).toBeLessThan(9_000);
  });
});
