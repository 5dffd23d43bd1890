import { describe, expect, it } from 'vitest';
import { livingKeys } from '../../../../../shared/application/http/living-keys.ts';
import { grantKey, revokeKey } from '../../../../../shared/application/http/manage-keys.ts';
import { memoryMachine, NOW } from '../../../../support/memory-machine.ts';

const grant = { kind: 'source', name: 'till-7' } as const;
const later = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1_000).toISOString();

/** A machine that counts how often its table is asked. */
function aHost() {
  const machine = memoryMachine();
  let reads = 0;
  const table: typeof machine.table = {
    ...machine.table,
    get: (key) => {
      reads += 1;
      return machine.table.get(key);
    },
  };
  const grantOne = async (expiresAt?: string) =>
    (await grantKey(machine)({ kind: 'bearer', grant, ...(expiresAt === undefined ? {} : { expiresAt }) }))
      .key.id;
  return { machine, counted: { ...machine, table }, reads: () => reads, grantOne };
}

describe('a key that lives', () => {
  it('is read once a minute, however often it is used', async () => {
    const { machine, counted, reads, grantOne } = aHost();
    const id = await grantOne();
    const find = livingKeys(counted);

    for (let second = 0; second < 120; second += 1) {
      machine.setClock(later(second));
      expect(await find(id)).toMatchObject({ grant });
    }

    expect(reads()).toBe(2);
  });

  it('is found from the moment it is granted', async () => {
    const { counted, grantOne } = aHost();
    const find = livingKeys(counted);
    expect(await find('0123456789abcdef')).toBeUndefined();

    const id = await grantOne();

    expect(await find(id)).toMatchObject({ grant });
  });

  it('is found by its own id, also when more are used than are remembered', async () => {
    const { counted, reads, grantOne } = aHost();
    const ids = [await grantOne(), await grantOne(), await grantOne()];
    const find = livingKeys({ ...counted, capacity: 2 });

    for (const id of ids) expect(await find(id)).toMatchObject({ grant });
    expect(reads()).toBe(3);
    await find(ids[2] ?? '');
    expect(reads()).toBe(3);
    await find(ids[0] ?? '');
    expect(reads()).toBe(4);
  });
});

describe('a key that was revoked', () => {
  it('is refused at once by a host that has not seen it', async () => {
    const { machine, counted, grantOne } = aHost();
    const id = await grantOne();

    await revokeKey(machine)(id);

    expect(await livingKeys(counted)(id)).toBeUndefined();
  });

  it('is let in for less than a minute by a host that has', async () => {
    const { machine, counted, grantOne } = aHost();
    const id = await grantOne();
    const find = livingKeys(counted);
    await find(id);

    await revokeKey(machine)(id);

    machine.setClock(later(59));
    expect(await find(id)).toMatchObject({ grant });
    machine.setClock(later(60));
    expect(await find(id)).toBeUndefined();
    machine.setClock(later(61));
    expect(await find(id)).toBeUndefined();
  });

  it('is not let in for longer by a clock that is set back', async () => {
    const { machine, counted, grantOne } = aHost();
    const id = await grantOne();
    const find = livingKeys(counted);
    await find(id);
    await revokeKey(machine)(id);

    machine.setClock(later(-3_600));

    expect(await find(id)).toBeUndefined();
  });

  it('while it was being read is let in for a minute from the start of that reading, not from its end', async () => {
    const { machine, grantOne } = aHost();
    const id = await grantOne();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const table: typeof machine.table = {
      ...machine.table,
      get: async (key) => {
        const item = await machine.table.get(key);
        await gate;
        return item;
      },
    };
    const find = livingKeys({ ...machine, table });

    const reading = find(id);
    await revokeKey(machine)(id);
    machine.setClock(later(50));
    open();
    await reading;

    machine.setClock(later(60));
    expect(await find(id)).toBeUndefined();
  });
});

describe('a key with an end', () => {
  it('is refused from that moment on, also where it is remembered', async () => {
    const { machine, counted, grantOne } = aHost();
    const id = await grantOne(later(30));
    const find = livingKeys(counted);

    machine.setClock(later(29));
    expect(await find(id)).toMatchObject({ grant });
    machine.setClock(later(30));
    expect(await find(id)).toBeUndefined();
    expect(await livingKeys(counted)(id)).toBeUndefined();
  });

  it('may name it in any zone', async () => {
    const { machine, counted, grantOne } = aHost();
    const id = await grantOne('2026-03-15T14:00:00+01:00');

    machine.setClock('2026-03-15T12:59:59.999Z');
    expect(await livingKeys(counted)(id)).toMatchObject({ grant });
    machine.setClock('2026-03-15T13:00:00.000Z');
    expect(await livingKeys(counted)(id)).toBeUndefined();
  });
});
