import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { listen } from '../../../local/server.ts';

it('a caller who asks and asks without listening is cut off, and others are answered', async () => {
  let asked = 0;
  const app = new Hono().get('/', () => {
    asked += 1;
    return new Response('x'.repeat(1_000));
  });
  const { server, port } = await listen(app, 0);
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  try {
    await once(socket, 'connect');
    socket.pause().write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n'.repeat(5_000));

    await expect.poll(() => asked).toBeGreaterThan(0);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toHaveLength(1_000);
    expect(asked).toBeLessThan(1_000);
  } finally {
    socket.destroy();
    server.close();
  }
});
