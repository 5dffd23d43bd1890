import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { open } from '../../../../../shared/application/night/open.ts';
import { segmentsApi } from '../../../../../shared/application/segments/segments-api.ts';
import { type RouteName, routes } from '../../../../../shared/contracts/routes.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { aShop, RUN, sleep, stepsOf } from '../night/a-shop.ts';

type Name = Extract<RouteName, `${string}Segment${string}`>;

async function ask(
  machine: MemoryMachine,
  name: Name,
  { id = '', body = {} }: { id?: string; body?: unknown } = {},
) {
  const caller = { kind: 'person', name: 'mia', roles: ['marketer'] } as const;
  const answer = await dispatch(routes, segmentsApi(machine))(name, {
    params: { id },
    query: {},
    body: JSON.stringify(body),
    caller,
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
}
const estimate = (machine: MemoryMachine, rule: unknown) =>
  ask(machine, 'estimateSegment', { body: { rule } });

const loyal = {
  name: 'Loyal',
  rule: {
    and: [
      { trait: 'orders', atLeast: 6 },
      { trait: 'enrolled', is: false },
    ],
  },
};

describe('a segment', () => {
  it('is put, read and listed with its rule in words', async () => {
    const machine = memoryMachine();

    const put = await ask(machine, 'putSegment', { id: 'loyal', body: loyal });
    const got = await ask(machine, 'getSegment', { id: 'loyal' });
    const list = await ask(machine, 'listSegments');

    expect(put).toMatchObject({
      status: 200,
      body: { id: 'loyal', ...loyal, reads: expect.stringContaining('6') },
    });
    expect(got).toEqual(put);
    expect(list.body).toEqual({ segments: [put.body] });
    expect(routes.listSegments.answer.safeParse(list.body).success).toBe(true);
  });

  it('is replaced by the next one of its name', async () => {
    const machine = memoryMachine();
    await ask(machine, 'putSegment', { id: 'loyal', body: loyal });

    await ask(machine, 'putSegment', { id: 'loyal', body: { name: 'All', rule: { everyone: true } } });

    expect((await ask(machine, 'listSegments')).body.segments).toMatchObject([{ id: 'loyal', name: 'All' }]);
  });

  it.each([
    ['an unknown operator', { name: 'x', rule: { trait: 'orders', atMots: 3 } }, 'invalid-rule', 'atMots'],
    [
      'an unknown trait',
      { name: 'x', rule: { and: [{ trait: 'ordres', atLeast: 3 }] } },
      'invalid-rule',
      'and.0.trait',
    ],
    ['no rule', { name: 'x', rule: {} }, 'invalid-rule', undefined],
    ['no name', { rule: { everyone: true } }, 'invalid-field', 'body.name'],
  ])('with %s is refused and not kept', async (_what, body, code, path) => {
    const machine = memoryMachine();

    const answer = await ask(machine, 'putSegment', { id: 'new', body });

    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.path).toBe(path);
    expect(await ask(machine, 'getSegment', { id: 'new' })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});

describe('the size of an audience', () => {
  it('cannot be told before a night has run', async () => {
    expect(await estimate(memoryMachine(), { everyone: true })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  it('is exact where everybody is in the sample, over all shards', async () => {
    const machine = memoryMachine();
    await aShop(machine);
    await sleep(machine);

    const answers = await Promise.all(
      [
        { everyone: true },
        { trait: 'orders', atLeast: 7 },
        { trait: 'lifecycle', is: 'lead' },
        { not: { everyone: true } },
      ].map(async (rule) => (await estimate(machine, rule)).body),
    );

    const all = { exact: true, population: 61, sampled: 61 };
    expect(answers).toMatchObject(
      [61, 30, 1, 0].map((size) => ({ estimate: size, low: size, high: size, ...all })),
    );
    expect(routes.estimateSegment.answer.safeParse(answers[0]).success).toBe(true);
  });

  it('of a slip is refused before anybody is asked', async () => {
    expect(await estimate(memoryMachine(), { trait: 'orders' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-rule' },
    });
  });

  it('is told as of the night before, also while that night is done again', async () => {
    const machine = memoryMachine();
    await aShop(machine);
    await sleep(machine);
    const before = await estimate(machine, { everyone: true });
    await tell(machine, ...[1, 2, 3].map((n) => aSoldReceipt(1, { ids: { member: `new-${n}` } })));

    await open(machine)(RUN);
    expect(await estimate(machine, { everyone: true })).toEqual(before);

    const steps = stepsOf(machine);
    for (const step of ['snapshot', 'fit', 'score'] as const) await steps[step](RUN);
    expect(await estimate(machine, { everyone: true })).toMatchObject({
      status: 200,
      body: { population: 64 },
    });
    await steps.publish(RUN);
    expect(await estimate(machine, { everyone: true })).toMatchObject({
      body: { estimate: 64, exact: true },
    });
  });
});
