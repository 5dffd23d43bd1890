import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemOf, toAttribute } from '../../../../../shared/adapters/aws/dynamo-row.ts';

const row = (value: string | Uint8Array, more: Readonly<Record<string, unknown>> = {}) => ({
  pk: 'p',
  sk: 's',
  version: 3,
  value,
  counts: {},
  ...more,
});

describe('a value in DynamoDB', () => {
  it('comes back as it was, for every JSON value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })),
        (value) => {
          expect(itemOf('facts', row(toAttribute(value)), 0)?.value).toEqual(
            JSON.parse(JSON.stringify(value)),
          );
        },
      ),
    );
  });

  it('is readable text while it fits one write unit', () => {
    expect(toAttribute({ text: 'x'.repeat(850) })).toBe(`{"text":"${'x'.repeat(850)}"}`);
  });

  it('is deflated where that saves units', () => {
    const days = Array.from({ length: 80 }, (_, index) => ({
      day: 20_000 + index,
      orders: 1,
      sales: 1_000 + index * 37,
      returns: 0,
    }));

    const attribute = toAttribute({ days });

    expect(attribute).toBeInstanceOf(Uint8Array);
    expect(attribute.length).toBeLessThan(1_024);
    expect(itemOf('customers', row(attribute), 0)?.value).toEqual({ days });
  });
});

describe('a row of the table or its stream', () => {
  it('adds its counts to the numbers of its value', () => {
    const counts = { sent: 2, held: 10n, name: 1 };

    expect(itemOf('control', row('{"sent":5,"name":"x","list":[1]}', { counts, token: 't' }), 0)).toEqual({
      table: 'control',
      pk: 'p',
      sk: 's',
      version: 3,
      value: { sent: 7, held: 10, name: 1, list: [1] },
    });
  });

  it('is absent after its last second', () => {
    expect(itemOf('control', row('{}', { expires: 100 }), 100)).toBeDefined();
    expect(itemOf('control', row('{}', { expires: 100 }), 100.001)).toBeUndefined();
  });

  it('is refused when it is none of ours', () => {
    expect(() => itemOf('control', { pk: 'p', sk: 's', value: { n: 1 } }, 0)).toThrow(
      expect.objectContaining({ name: 'ZodError' }),
    );
  });
});
