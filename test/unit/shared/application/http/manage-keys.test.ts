import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../../../shared/application/http/access.ts';
import {
  admitKey,
  grantKey,
  listKeys,
  type NewKey,
  revokeKey,
} from '../../../../../shared/application/http/manage-keys.ts';
import { type MemoryMachine, memoryMachine, NOW } from '../../../../support/memory-machine.ts';

const till = { kind: 'source', name: 'till-7' } as const;
const ada = { kind: 'person', name: 'ada@example.com', roles: ['marketer'] } as const;

const who = (machine: MemoryMachine, key: string) =>
  authenticate(machine)({ authorization: `Bearer ${key}`, body: '' });

describe('a granted key', () => {
  it.each([
    ['bearer', till],
    ['bearer', ada],
    ['signing', till],
  ] as const)('is listed with all but its secret: %s', async (kind, grant) => {
    const machine = memoryMachine();

    const { key, secret } = await grantKey(machine)({ kind, grant, expiresAt: '2027-01-01T00:00:00+01:00' });

    expect(key).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      kind,
      grant,
      createdAt: NOW,
      expiresAt: '2027-01-01T00:00:00+01:00',
    });
    expect(await listKeys(machine)()).toEqual([key]);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(machine.everyRow()).not.toContain(secret);
  });

  it('has an id and a secret of its own, each time', async () => {
    const machine = memoryMachine();
    const grant = grantKey(machine);

    const granted = [
      await grant({ kind: 'bearer', grant: till }),
      await grant({ kind: 'bearer', grant: till }),
      await grant({ kind: 'signing', grant: till }),
      await grant({ kind: 'signing', grant: till }),
    ];

    expect(new Set(granted.flatMap(({ key, secret }) => [key.id, secret])).size).toBe(8);
  });

  it('tells by its first letters what it is for', async () => {
    const grant = grantKey(memoryMachine());

    expect((await grant({ kind: 'bearer', grant: till })).secret).toMatch(/^write_/);
    expect((await grant({ kind: 'bearer', grant: ada })).secret).toMatch(/^access_/);
  });

  it('never takes the place of another with the same id', async () => {
    const machine = memoryMachine();
    const keyring = { ...machine.keyring, newSecret: () => 'the same again' };
    const first = await grantKey({ ...machine, keyring })({ kind: 'bearer', grant: till });

    const second = grantKey({ ...machine, keyring })({ kind: 'signing', grant: { ...till, name: 'eve' } });

    await expect(second).rejects.toMatchObject({ retryable: true });
    expect(await listKeys(machine)()).toEqual([first.key]);
  });

  it.each<[string, unknown, string, string]>([
    ['a kind nobody knows', { kind: 'cookie', grant: till }, 'invalid-field', 'kind'],
    ['no name', { kind: 'bearer', grant: { kind: 'source' } }, 'invalid-field', 'grant.name'],
    [
      'a source with spaces',
      { kind: 'bearer', grant: { ...till, name: 'Till 7' } },
      'invalid-field',
      'grant.name',
    ],
    [
      'a person without a name',
      { kind: 'bearer', grant: { ...ada, name: ' ' } },
      'invalid-field',
      'grant.name',
    ],
    ['no role', { kind: 'bearer', grant: { ...ada, roles: [] } }, 'invalid-field', 'grant.roles'],
    [
      'a role nobody knows',
      { kind: 'bearer', grant: { ...ada, roles: ['king'] } },
      'invalid-field',
      'grant.roles.0',
    ],
    ['roles for a source', { kind: 'bearer', grant: { ...till, roles: ['ops'] } }, 'invalid-field', 'grant'],
    [
      'an end that is no time',
      { kind: 'bearer', grant: till, expiresAt: 'May' },
      'invalid-field',
      'expiresAt',
    ],
    [
      'an end that has passed',
      { kind: 'bearer', grant: till, expiresAt: NOW },
      'expires-in-past',
      'expiresAt',
    ],
    ['a person who signs', { kind: 'signing', grant: ada }, 'signing-is-for-sources', 'grant'],
  ])('is refused with %s', async (_what, wanted, code, path) => {
    const machine = memoryMachine();

    await expect(grantKey(machine)(wanted as NewKey)).rejects.toMatchObject({ code, path });
    expect(await listKeys(machine)()).toEqual([]);
  });
});

describe('the list of keys', () => {
  it('has the oldest first, however many there are', async () => {
    const machine = memoryMachine();
    const many = Array.from({ length: 1_005 }, (_, index) => index);
    for (const index of many) {
      machine.setClock(new Date(Date.parse(NOW) - index * 1_000).toISOString());
      await admitKey(machine)(`key-${index}`, { kind: 'source', name: `till-${index}` });
    }

    const listed = await listKeys(machine)();

    expect(listed.map(({ grant }) => grant.name)).toEqual(many.map((index) => `till-${index}`).toReversed());
  });
});

describe('a key that was made elsewhere', () => {
  it('is admitted as often as the machine starts, and stays one key', async () => {
    const machine = memoryMachine();
    await admitKey(machine)('of-a-file', till);
    machine.setClock('2026-04-01T00:00:00.000Z');

    await admitKey(machine)('of-a-file', till);

    expect(await listKeys(machine)()).toMatchObject([{ kind: 'bearer', grant: till, createdAt: NOW }]);
    expect(await who(machine, 'of-a-file')).toMatchObject(till);
  });

  it('may do what the latest start says', async () => {
    const machine = memoryMachine();
    await admitKey(machine)('of-a-file', ada);

    await admitKey(machine)('of-a-file', { ...ada, roles: ['marketer', 'ops'] });

    expect(await who(machine, 'of-a-file')).toMatchObject({ roles: ['marketer', 'ops'] });
  });

  it('stays out when it was revoked and the machine starts again', async () => {
    const machine = memoryMachine();
    await admitKey(machine)('of-a-file', till);
    const [key] = await listKeys(machine)();
    await revokeKey(machine)(key?.id ?? '');

    await admitKey(machine)('of-a-file', till);

    expect(await who(machine, 'of-a-file')).toEqual({ kind: 'nobody' });
    expect(await listKeys(machine)()).toMatchObject([{ revokedAt: NOW }]);
  });

  it('stays out when it is revoked while a machine starts', async () => {
    const machine = memoryMachine();
    await admitKey(machine)('of-a-file', till);
    const [key] = await listKeys(machine)();
    const table: MemoryMachine['table'] = {
      ...machine.table,
      commit: async (writes) => {
        await revokeKey(machine)(key?.id ?? '');
        return machine.table.commit(writes);
      },
    };

    await admitKey({ ...machine, table })('of-a-file', { ...till, name: 'till-8' });

    expect(await who(machine, 'of-a-file')).toEqual({ kind: 'nobody' });
  });
});

describe('a revoked key', () => {
  it('stays listed with the time of its end, and lets nobody in', async () => {
    const machine = memoryMachine();
    const { key, secret } = await grantKey(machine)({ kind: 'bearer', grant: till });
    machine.setClock('2026-05-01T00:00:00.000Z');

    const revoked = await revokeKey(machine)(key.id);

    expect(revoked).toEqual({ ...key, revokedAt: '2026-05-01T00:00:00.000Z' });
    expect(await listKeys(machine)()).toEqual([revoked]);
    expect(await who(machine, secret)).toEqual({ kind: 'nobody' });
  });

  it('keeps the time of its end when it is revoked again', async () => {
    const machine = memoryMachine();
    const { key } = await grantKey(machine)({ kind: 'bearer', grant: till });
    await revokeKey(machine)(key.id);
    machine.setClock('2026-05-01T00:00:00.000Z');

    expect(await revokeKey(machine)(key.id)).toMatchObject({ revokedAt: NOW });
  });

  it('must have been granted', async () => {
    await expect(revokeKey(memoryMachine())('0123456789abcdef')).rejects.toMatchObject({ code: 'not-found' });
  });
});
