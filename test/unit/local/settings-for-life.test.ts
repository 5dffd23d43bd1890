import { describe, expect, it } from 'vitest';
import { checkForLife } from '../../../local/settings-for-life.ts';
import type { StageSettings } from '../../../shared/contracts/stage.ts';
import { aSoldReceipt } from '../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../support/memory-machine.ts';

const start = ({ table, stage }: MemoryMachine, changed: Partial<StageSettings> = {}) =>
  checkForLife({ table, stage: { ...stage, ...changed } }, { path: '/srv/shop' });

describe('currency and country of a data directory', () => {
  it('may be changed until the first fact, as somebody does who sets it up', async () => {
    const machine = memoryMachine({ currency: 'EUR', country: 'NL' });
    await start(machine);

    await start(machine, { currency: 'USD', country: 'US' });
    await tell(machine, aSoldReceipt(100));

    await start(machine, { currency: 'USD', country: 'US', zone: 'America/New_York' });
    await expect(start(machine)).rejects.toMatchObject({ code: 'settings-for-life', path: 'currency' });
  });

  it.each([
    ['currency', 'USD', 'EUR'],
    ['country', 'DE', 'NL'],
  ])('stay with what was recorded by them: %s', async (name, is, was) => {
    const machine = memoryMachine({ currency: 'EUR', country: 'NL' });
    await start(machine);
    await tell(machine, aSoldReceipt(100));

    await expect(start(machine, { [name]: is })).rejects.toThrow(
      `/srv/shop/stage.json, ${name}: is '${is}', but everything recorded so far is by '${was}'; write that, or give '${is}' a data directory of its own`,
    );
    await start(machine);
  });

  it('are taken as they are where an older version recorded', async () => {
    const machine = memoryMachine({ currency: 'EUR' });
    await tell(machine, aSoldReceipt(100));
    await start(machine);

    await expect(start(machine, { currency: 'USD' })).rejects.toMatchObject({ code: 'settings-for-life' });
  });
});
