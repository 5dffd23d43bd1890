import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operatorWords } from '../../../../../shared/domain/segments/registry.ts';
import { Segment } from '../../../../../shared/domain/segments/segment.ts';

const segment = { id: 'vip-at-risk', name: 'VIP at risk', rule: { trait: 'churn.band', is: 'high' } };

const slips = (raw: unknown) =>
  Segment.safeParse(raw).error?.issues.map(({ path, message }) => ({ path: path.join('.'), message }));

describe('a segment', () => {
  it('is an id, a name and a rule', () => {
    expect(Segment.parse(segment)).toEqual(segment);
  });

  it('names the place of a slip within its rule', () => {
    expect(
      slips({ ...segment, rule: { and: [{ everyone: true }, { trait: 'orders', atLest: 1 }] } }),
    ).toEqual([{ path: 'rule.and.1.atLest', message: expect.stringContaining("did you mean 'atLeast'?") }]);
    expect(slips({ ...segment, rule: [] })).toEqual([
      { path: 'rule', message: expect.stringContaining('must be an object') },
    ]);
  });

  it.each([
    [{ id: 'VIP at risk' }, 'id'],
    [{ name: ' ' }, 'name'],
    [{ rule: undefined }, 'rule'],
    [{ owner: 'ada' }, ''],
  ])('with %j is refused at %s', (change, path) => {
    expect(slips({ ...segment, ...change })?.[0]?.path).toBe(path);
  });
});

describe('the shape of a rule', () => {
  it('is documented with every operator, as a schema that refers to itself', () => {
    const document = z.toJSONSchema(Segment, { io: 'input' });

    expect(document.properties?.['rule']).toEqual({ $ref: '#/$defs/Rule' });
    expect(document.$defs?.['Rule']?.anyOf).toHaveLength(operatorWords.length);
    expect(document.$defs?.['Rule']?.anyOf?.[0]).toMatchObject({
      required: ['and'],
      additionalProperties: false,
      properties: { and: { items: { $ref: '#/$defs/Rule' } } },
    });
  });
});
