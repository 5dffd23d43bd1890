import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../../../shared/application/http/access.ts';
import { admitKey, grantKey, revokeKey } from '../../../../../shared/application/http/manage-keys.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';

async function aDoor() {
  const machine = memoryMachine();
  const admit = admitKey(machine);
  await admit('write_7f9c', { kind: 'source', name: 'till-7' });
  await admit('person_4711', { kind: 'person', name: 'ada', roles: ['marketer', 'clerk'] });
  const ask = authenticate(machine);
  return { machine, who: (authorization?: string) => ask({ authorization, body: '' }) };
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
    expect(await (await aDoor()).who(header)).toMatchObject({ kind: 'source', name: 'till-7' });
  });

  it('is that person, with its roles', async () => {
    expect(await (await aDoor()).who('Bearer person_4711')).toMatchObject({
      kind: 'person',
      name: 'ada',
      roles: ['marketer', 'clerk'],
    });
  });

  it('says which key it was, so that a key that nobody uses any more can be told', async () => {
    const machine = memoryMachine();
    const granted = await grantKey(machine)({ kind: 'bearer', grant: { kind: 'source', name: 'till-7' } });

    const caller = await authenticate(machine)({ authorization: `Bearer ${granted.secret}`, body: '' });

    expect(caller).toEqual({ kind: 'source', name: 'till-7', key: granted.key.id });
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
    ['Basic in two words', `Basic ${btoa('write_7f9c:').slice(0, 8)} ${btoa('write_7f9c:').slice(8)}`],
    ['501 characters', `Bearer ${'x'.repeat(494)}`],
  ])('is nobody: %s', async (_what, header) => {
    expect(await (await aDoor()).who(header)).toEqual({ kind: 'nobody' });
  });

  it('is not looked up at all where it is too long to be a key', async () => {
    const { machine } = await aDoor();
    const table = { ...machine.table, get: () => Promise.reject(new StoreUnavailable('away')) };
    const who = authenticate({ ...machine, table });

    expect(await who({ authorization: `Bearer ${'x'.repeat(494)}`, body: '' })).toEqual({ kind: 'nobody' });
    await expect(who({ authorization: 'Bearer write_7f9c', body: '' })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });
});

describe('keys of one till side by side', () => {
  it('both let it in, and revoking the first leaves the second', async () => {
    const machine = memoryMachine();
    const grant = { kind: 'source', name: 'till-7' } as const;
    const first = await grantKey(machine)({ kind: 'bearer', grant });
    const second = await grantKey(machine)({ kind: 'bearer', grant });
    const who = (secret: string) => authenticate(machine)({ authorization: `Bearer ${secret}`, body: '' });
    expect([await who(first.secret), await who(second.secret)]).toMatchObject([grant, grant]);

    await revokeKey(machine)(first.key.id);

    expect(await who(first.secret)).toEqual({ kind: 'nobody' });
    expect(await who(second.secret)).toMatchObject(grant);
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
    const id = machine.keyring.secretDigest('guess').slice(0, 16);
    const grant = { kind: 'person', name: 'eve', roles: ['ops'] };
    const value = { kind: 'bearer', grant, createdAt: machine.clock(), digest: 'of another key' };
    await machine.table.commit([{ put: keys.accessKey(id), value }]);

    expect(await who('Bearer guess')).toEqual({ kind: 'nobody' });
  });
});
