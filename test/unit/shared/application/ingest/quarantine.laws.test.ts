import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKept } from '../../../../../shared/application/ingest/quarantine-store.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { memoryMachine, submit } from '../../../../support/memory-machine.ts';
import { counts, forDollars, inDollars, opsOf } from '../../../../support/quarantine-of.ts';

describe('whatever is refused, retried and thrown away, in any order and at once', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ what: fc.constant('send' as const), n: fc.nat(6) }),
      fc.record({ what: fc.constantFrom('retry' as const, 'mend' as const, 'discard' as const) }),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it('leaves counts that say how many are kept', async () => {
    const items = Array.from({ length: 7 }, (_, n) => (n < 4 ? inDollars(100 + n) : { type: `no.${n}` }));
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const machine = memoryMachine();
        const at = opsOf(forDollars(machine));
        await Promise.all(
          all.map((step) =>
            step.what === 'send'
              ? submit(machine, items[step.n])
              : step.what === 'discard'
                ? at.discard('foreign-currency', 'x').catch(() => undefined)
                : step.what === 'mend'
                  ? at.retry('unknown-type', aSoldReceipt(5)).catch(() => undefined)
                  : at.retryAll('foreign-currency'),
          ),
        );
        const kept: Record<string, number> = {};
        for (const cause of ['foreign-currency', 'unknown-type']) {
          const { length } = (await readKept(machine, cause, { limit: 100 })).kept;
          if (length > 0) kept[cause] = length;
        }
        expect(await counts(machine)).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });
});
