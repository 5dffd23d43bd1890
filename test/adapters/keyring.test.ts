import { describe, expect, it } from 'vitest';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { keys } from '../../shared/contracts/keys.ts';
import type { Table } from '../../shared/ports/table.ts';
import { keyringContract } from '../contract/keyring.contract.ts';
import { manualClock } from '../contract/manual-clock.ts';

const memoryTable = () => sqliteTable(openDatabase(':memory:', { durable: false }), manualClock().now);
const master = new Uint8Array(32).fill(7);

keyringContract('the crypto keyring over SQLite', async () => {
  const table = memoryTable();
  return {
    ring: keyring({ master, table }),
    twin: keyring({ master, table }),
    foreign: keyring({ master: new Uint8Array(32).fill(8), table }),
  };
});

describe('the crypto keyring', () => {
  it.each([0, 16, 33])('refuses a master secret of %i bytes', (length) => {
    expect(() => keyring({ master: new Uint8Array(length), table: memoryTable() })).toThrow(
      expect.objectContaining({ code: 'invalid-master' }),
    );
  });

  it('gives the same ids for ever', () => {
    // Worked out with another language's HKDF, HMAC and base32. Another id would split every customer in two.
    const { profileId } = keyring({ master, table: memoryTable() });

    expect(profileId('phone', '+31612345678')).toBe('phone_ubgpy5sas3iynavvm6nlj4giou');
  });

  it('gives the same signing secrets for ever', () => {
    // Worked out with another language's HKDF and HMAC. Another secret would shut every till out.
    const { signingSecret } = keyring({ master, table: memoryTable() });

    expect(signingSecret('0123456789abcdef')).toBe(
      '050568b0f24cbb0fcf0a3213968d9d1559bda5374268e21d7ed005bf7bc57643',
    );
  });

  it('keeps owner keys wrapped, and reads each once', async () => {
    const table = memoryTable();
    let reads = 0;
    const counted: Table = {
      ...table,
      get: (key) => {
        reads += 1;
        return table.get(key);
      },
    };
    const ring = keyring({ master, table: counted });

    const sealed = await ring.seal('owner', 'text');
    for (let time = 0; time < 10; time += 1) await ring.open('owner', sealed);

    expect(reads).toBe(2);
    const item = await table.get(keys.ownerKey('owner'));
    expect(Object.keys(item?.value ?? {})).toEqual(['id', 'wrapped']);
  });

  it('does not take the key of one owner for that of another', async () => {
    const table = memoryTable();
    const sealed = await keyring({ master, table }).seal('owner', 'text');
    const item = await table.get(keys.ownerKey('owner'));
    await table.commit([{ put: keys.ownerKey('other'), value: item?.value ?? {} }]);

    await expect(keyring({ master, table }).open('other', sealed)).rejects.toMatchObject({
      code: 'wrong-master',
    });
  });

  it('leaves the key of the first of racing creators, under which something is sealed already', async () => {
    const table = memoryTable();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const late = keyring({
      master,
      table: {
        ...table,
        commit: async (writes) => {
          await gate;
          return table.commit(writes);
        },
      },
    });

    const second = late.seal('owner', 'second');
    const first = await keyring({ master, table }).seal('owner', 'first');
    open();

    const ring = keyring({ master, table });
    expect(await Promise.all([ring.open('owner', first), ring.open('owner', await second)])).toEqual([
      'first',
      'second',
    ]);
  });

  it('does not keep a key that was destroyed while it was being read', async () => {
    const table = memoryTable();
    const sealed = await keyring({ master, table }).seal('owner', 'text');
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const slow: Table = {
      ...table,
      get: async (key) => {
        const item = await table.get(key);
        await gate;
        return item;
      },
    };
    const ring = keyring({ master, table: slow });

    const reading = ring.open('owner', sealed);
    await ring.forget('owner');
    open();
    expect(await reading).toBe('text');

    await expect(ring.open('owner', sealed)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives up when the key vanishes as often as it is made', async () => {
    const table = memoryTable();
    const losing: Table = { ...table, commit: async () => ({ ok: true }) };

    await expect(keyring({ master, table: losing }).seal('owner', 'text')).rejects.toMatchObject({
      code: 'too-many-conflicts',
    });
  });
});
