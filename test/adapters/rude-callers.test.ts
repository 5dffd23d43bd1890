import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHost, startLocalHost, temporaryDirectory } from '../support/local-host.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let host: RunningHost;
let sockets: Socket[] = [];

beforeAll(async () => {
  directory = temporaryDirectory();
  host = await startLocalHost(directory.path);
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});
afterAll(async () => {
  await host.stop();
  directory.remove();
});

/** A call by a stranger, as far as it is sent. */
function begin(header: string, body: string): Socket {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1').on('error', () => undefined);
  socket.write(`POST /v1/events HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n${body}`);
  sockets.push(socket);
  return socket;
}

const stalled = () => begin('Content-Length: 1000000', ' '.repeat(990_000));
const isUp = async () => (await fetch(`${host.url}/health`, { signal: AbortSignal.timeout(2_000) })).ok;

describe('a body that is too large', () => {
  it('is told so to those who send all of it before they listen', async () => {
    const body = 'x'.repeat(10_000_000);
    const send = async () => (await fetch(`${host.url}/v1/events`, { method: 'POST', body })).status;

    for (let count = 0; count < 5; count += 1) expect(await send()).toBe(413);
  });
});

describe('a caller who asks and asks before it listens', () => {
  it('is cut off, before the answers fill the memory', async () => {
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(200));

    const answers = (await text(socket).catch(() => '')).match(/HTTP\/1\.1 200/g) ?? [];
    expect(answers.length).toBeLessThan(20);
    expect(await isUp()).toBe(true);
  });
});

describe('bodies that never end', () => {
  it('hold so much memory together: who did not go on for the longest is sent away, in words, and others are served', async () => {
    const first = stalled();
    const answer = text(first);
    for (let count = 1; count < 80; count += 1) {
      stalled();
      await pause(5);
    }

    expect(await answer).toMatch(/^HTTP\/1\.1 503 .*retry-after: 5.*"code":"body-given-up"/is);
    expect(await isUp()).toBe(true);
  });

  it('cost nobody else any time where they come byte by byte', async () => {
    const answer = text(begin('Transfer-Encoding: chunked', '1\r\n \r\n'.repeat(300_000)));

    expect(await answer).toMatch(/^HTTP\/1\.1 400 .*"code":"body-in-crumbs"/s);
    expect(await isUp()).toBe(true);
  });

  it('are no failure of the host where their sender hangs up', async () => {
    const socket = stalled();
    await once(socket, 'connect');
    await isUp();
    socket.destroy();
    await pause(200);

    expect(await isUp()).toBe(true);
    expect(host.output()).not.toContain('failed');
  });

  it('keep no host from stopping', { timeout: 20_000 }, async () => {
    stalled();
    await isUp();
    const began = Date.now();

    expect(await host.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(15_000);
  });
});
