import { describe, expect, it } from 'vitest';
import { authenticate, grantAccess } from '../../../../../shared/application/http/access.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';

async function aDoor() {
  const machine = memoryMachine();
  const grant = grantAccess(machine);
  await grant('write_7f9c', { kind: 'source', name: 'till-7' });
  await grant('person_4711', { kind: 'person', name: 'ada', roles: ['marketer', 'clerk'] });
  return { machine, who: authenticate(machine) };
}

const basic = (userAndPassword: string): string => `Basic ${btoa(userAndPassword)}`;

describe('a header with a known key', () => {
  it.each([
    'Bearer write_7f9c',
    'bearer write_7f9c',
    '  Bearer   write_7f9c ',
    basic('write_7f9c:'),
    basic('write_7f9c:anything'),
    basic('write_7f9c'),
  ])('is that source: %s', async (header) => {
    expect(await (await aDoor()).who(header)).toEqual({ kind: 'source', name: 'till-7' });
  });

  it('is that person, with its roles', async () => {
    expect(await (await aDoor()).who('Bearer person_4711')).toEqual({
      kind: 'person',
      name: 'ada',
      roles: ['marketer', 'clerk'],
    });
  });

  it('loses it where another grant takes its place', async () => {
    const { machine, who } = await aDoor();
    await grantAccess(machine)('write_7f9c', { kind: 'source', name: 'till-8' });

    expect(await who('Bearer write_7f9c')).toEqual({ kind: 'source', name: 'till-8' });
  });
});

describe('any other header', () => {
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['an unknown key', 'Bearer write_7f9d'],
    ['a key of other case', 'Bearer WRITE_7F9C'],
    ['a key and more', 'Bearer write_7f9c x'],
    ['the key alone', 'write_7f9c'],
    ['another scheme', 'Digest write_7f9c'],
    ['a scheme alone', 'Bearer'],
    ['a password without a user', basic(':write_7f9c')],
    ['Basic that is no base64', 'Basic ***'],
    ['501 characters', `Bearer ${'x'.repeat(494)}`],
  ])('is nobody: %s', async (_what, header) => {
    expect(await (await aDoor()).who(header)).toEqual({ kind: 'nobody' });
  });

  it('is not looked up at all where it is too long to be a key', async () => {
    const { machine } = await aDoor();
    const table = { ...machine.table, get: () => Promise.reject(new StoreUnavailable('away')) };

    expect(await authenticate({ ...machine, table })(`Bearer ${'x'.repeat(494)}`)).toEqual({
      kind: 'nobody',
    });
    await expect(authenticate({ ...machine, table })('Bearer write_7f9c')).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });
});

describe('the store of keys', () => {
  it('holds no key that could be read back', async () => {
    const { machine } = await aDoor();

    expect(machine.everyRow()).toContain('till-7');
    expect(machine.everyRow()).not.toMatch(/write_7f9c|person_4711/);
  });

  it('lets nobody in by a record that was put under another key’s place', async () => {
    const { machine, who } = await aDoor();
    const digest = machine.keyring.secretDigest('guess');
    const value = { kind: 'person', name: 'eve', roles: ['ops'], digest: 'of another key' };
    await machine.table.commit([{ put: { table: 'control', pk: `access#${digest}`, sk: 'key' }, value }]);

    expect(await who('Bearer guess')).toEqual({ kind: 'nobody' });
  });
});
