import { describe, expect, it } from 'vitest';
import { reviseAccepted } from '../../../../../shared/application/ingest/revise-accepted.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { anEvent, aSale } from '../../../../builders/an-event.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';

const revised = (event: AcceptedEvent, mended: Readonly<Record<string, unknown>>) =>
  reviseAccepted(memoryMachine().keyring, event, mended);

describe('an accepted event that somebody mends', () => {
  const view = anEvent('product.viewed', { id: 'view-1', data: { sku: 'TEA' } });

  it.each([
    ['becomes another type', { type: 'page.viewed' }, 'invalid-field', 'type'],
    ['gets data that its type does not take', { data: { sku: 7 } }, 'invalid-field', 'data.sku'],
    ['gets a number for an id', { id: 7 }, 'invalid-field', 'id'],
    ['gets a blank id', { id: '  ' }, 'invalid-field', 'id'],
    ['gets an id of 129 characters', { id: 'x'.repeat(129) }, 'invalid-field', 'id'],
  ])('is refused where it %s', (_what, mended, code, path) => {
    expect(() => revised(view, { type: view.type, ...mended })).toThrow(
      expect.objectContaining({ code, path }),
    );
  });

  it('keeps its data where only the id is mended, trimmed', () => {
    expect(revised(view, { type: view.type, id: ' view-2 ' })).toMatchObject({
      id: 'view-2',
      keys: ['event/view-2'],
      data: { sku: 'TEA' },
      occurredAt: view.occurredAt,
    });
  });

  it('keeps its id where only the data is mended, and is another telling than the first', () => {
    const mended = revised(view, { type: view.type, data: { sku: 'MUG' } });

    expect(mended).toMatchObject({ id: 'view-1', keys: ['event/view-1'], data: { sku: 'MUG' } });
    expect(mended.digest).not.toBe(view.digest);
  });

  it('is known by its receipt alone where it never had an id', () => {
    const sale = aSale(100, { id: 'sale/1', keys: ['sale/1'] });

    const { id, keys } = revised(sale, { type: sale.type, data: { ...sale.data, receipt: '777' } });

    expect(keys).toEqual([id]);
    expect(id).toContain('777');
  });

  it('needs an id where nothing else would name it any more', () => {
    const coupon = anEvent('coupon.redeemed', { id: 'coupon/1', keys: ['coupon/1'] });
    const { sale: _sale, ...data } = coupon.data;

    expect(() => revised(coupon, { type: coupon.type, data })).toThrow(
      expect.objectContaining({ code: 'id-missing', path: 'id' }),
    );
    expect(revised(coupon, { type: coupon.type, data, id: 'c-1' }).keys).toEqual(['event/c-1']);
  });
});
