import { describe, expect, it } from 'vitest';
import { lambda } from '../../../../bench/cost/aws/lambda.ts';
import { network } from '../../../../bench/cost/aws/network.ts';
import { assumed } from '../../../../bench/cost/reference.ts';
import { logBytesOf } from '../../../../bench/cost/rules.ts';
import { deployedIn } from '../../../../bench/cost/template.ts';
import { tally } from '../../../../bench/cost/usage.ts';

const functionOf = (name: string, traced: boolean) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Description: name,
    MemorySize: 1_024,
    ...(traced ? { TracingConfig: { Mode: 'Active' } } : {}),
  },
});

function opened() {
  const counter = tally();
  const net = network();
  let now = 0;
  const functions = lambda({
    deployed: deployedIn([functionOf('fold', true), functionOf('quiet', false)]),
    tally: counter,
    network: net,
    now: () => now,
  });
  return {
    counter,
    net,
    functions,
    at: (millis: number) => {
      now = millis;
    },
  };
}

describe('an invocation', () => {
  it('is billed by its waiting on top of its work, its log, and its share of a cold start', async () => {
    const { counter, net, functions } = opened();

    const answer = await functions.invoke(
      'fold',
      async (event: number) => {
        await net.during(2_000, async () => undefined);
        process.stdout.write('{"message":"folded"}\n');
        return event + 1;
      },
      1,
    );

    expect(answer).toBe(2);
    const { gbSeconds = 0, ...others } = counter.take();
    expect(others).toEqual({
      invocations: 1,
      secretCalls: assumed.cold.share,
      logBytes: logBytesOf(['{"message":"folded"}\n']),
    });
    expect(gbSeconds).toBeGreaterThan(2);
    expect(gbSeconds).toBeLessThan(3);
  });

  it('that fails lets the next ones print again, and fails', async () => {
    const { functions } = opened();
    const { write } = process.stdout;

    await expect(functions.invoke('fold', () => Promise.reject(new Error('broken')), {})).rejects.toThrow(
      'broken',
    );

    expect(process.stdout.write).toBe(write);
  });

  it('of a function that no template has is a mistake', async () => {
    await expect(opened().functions.invoke('none', async () => undefined, {})).rejects.toThrow('no template');
  });

  it('is traced where its function is: one a second and a twentieth of the others', async () => {
    const { counter, functions, at } = opened();
    for (const millis of [0, 500, 1_000]) {
      at(millis);
      await functions.invoke('fold', async () => undefined, {});
      await functions.invoke('quiet', async () => undefined, {});
    }

    functions.settleTraces();

    expect(counter.take().traces).toBeCloseTo(2.05, 10);
  });
});
