import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../../../shared/application/http/access.ts';
import { admitKey } from '../../../../../shared/application/http/manage-keys.ts';
import { shownBy } from '../../../../../shared/application/http/shown.ts';
import type { RouteName } from '../../../../../shared/contracts/routes.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';

const KEY = 'write_7f9c';

async function who(route: RouteName, body: unknown, authorization?: string) {
  const machine = memoryMachine();
  await admitKey(machine)(KEY, { kind: 'source', name: 'shop' });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const caller = await authenticate(machine)(shownBy(routes[route], { authorization, body: text, text }));
  return caller.kind;
}

describe('a key in the body', () => {
  it('is enough where libraries of browsers call', async () => {
    expect(await who('segmentT', { writeKey: KEY })).toBe('source');
    expect(await who('segmentB', { batch: [], writeKey: KEY })).toBe('source');
  });

  it('is none anywhere else', async () => {
    expect(await who('acceptEvents', { writeKey: KEY })).toBe('nobody');
  });

  it('does not count beside a header, be that wrong', async () => {
    expect(await who('segmentT', { writeKey: KEY }, 'Bearer made-up')).toBe('nobody');
  });

  it.each([
    ['an unknown key', { writeKey: 'write_7f9d' }],
    ['an empty one', { writeKey: '' }],
    ['one that is no text', { writeKey: [KEY] }],
    ['an endless one', { writeKey: KEY.repeat(100) }],
    ['none', {}],
    ['a list', [KEY]],
    ['null', 'null'],
    ['no JSON', `{"writeKey":"${KEY}"`],
  ])('is nobody: %s', async (_what, body) => {
    expect(await who('segmentT', body)).toBe('nobody');
  });
});
