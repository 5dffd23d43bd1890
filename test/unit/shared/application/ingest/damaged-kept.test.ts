import { describe, expect, it } from 'vitest';
import { Defect } from '../../../../../shared/domain/kernel/errors.ts';
import { type MemoryMachine, memoryMachine, submit } from '../../../../support/memory-machine.ts';
import { counts, forDollars, inDollars, opsOf } from '../../../../support/quarantine-of.ts';

describe('one of many that is damaged', () => {
  const damaged = async (machine: MemoryMachine, cause: string, text: string) => {
    const item = (await machine.table.query({ table: 'control', pk: `quarantine#${cause}`, limit: 1 }))
      .items[0];
    if (item === undefined) throw new Error('nothing is kept');
    await machine.table.commit([{ put: item, value: { ...item.value, sealed: text, beside: text } }]);
    return item.sk;
  };

  it('and cannot be opened hides no other, and can be thrown away', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars(), inDollars(), inDollars());
    const id = await damaged(machine, 'foreign-currency', 'no.seal');
    const dollars = opsOf(forDollars(machine));

    expect((await dollars.overview())[0]?.samples.map((one) => one.type)).toContain(undefined);
    expect((await dollars.list('foreign-currency', { limit: 10 })).items).toHaveLength(3);
    expect(await dollars.retryAll('foreign-currency')).toEqual({
      taken: 2,
      duplicates: 0,
      refused: { 'foreign-currency': 1 },
    });
    expect(await dollars.open('foreign-currency')).toMatchObject({ id, source: 'till' });
    expect(await dollars.discard('foreign-currency', 'cannot be read')).toEqual({ status: 'discarded' });
    expect(await counts(machine)).toEqual({});
  });

  it('and breaks something of ours stays, is noted, and does not stop the others', async () => {
    const machine = memoryMachine();
    const bad = inDollars(666);
    await submit(machine, inDollars(), bad, inDollars());
    const { keyring } = machine;
    const breaking = {
      ...keyring,
      secretDigest: (secret: string) => {
        if (secret.includes('666')) throw new Defect('odd', 'this one alone');
        return keyring.secretDigest(secret);
      },
    };
    const broken = opsOf({ ...forDollars(machine), keyring: breaking });

    expect(await broken.retryAll('foreign-currency')).toEqual({
      taken: 2,
      duplicates: 0,
      refused: { 'retry-failed': 1 },
    });
    expect(broken.notes).toContainEqual([
      'quarantine retry failed',
      { cause: 'foreign-currency', id: expect.any(String), error: 'odd' },
    ]);
    expect(await counts(machine)).toEqual({ 'foreign-currency': 1 });
    expect(await opsOf(forDollars(machine)).retryAll('foreign-currency')).toMatchObject({ taken: 1 });
  });
});
