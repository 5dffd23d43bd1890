import { describe, expect, it } from 'vitest';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import {
  hangsOnSale,
  headOf,
  namedSale,
  noCase,
  saleOf,
  withEvent,
} from '../../../../../shared/domain/returns/sale-case.ts';
import { anEvent, aReturn } from '../../../../builders/an-event.ts';

const SALE = { store: 'ams-01', terminal: 'till-3', receipt: '7' };
const NAME = 'receipt/ams-01/till-3/7/1';
const OWN = { store: 'ams-01', terminal: 'till-9', receipt: '8' };

const sale = (part: number) => anEvent('sale.recorded', { data: { ...SALE, part } });
const back = aReturn(1, { data: { ...OWN, sale: SALE } });
const backWithoutReceipt = aReturn(1, { data: OWN });
const corrected = anEvent('receipt.corrected', { data: SALE });
const voided = anEvent('sale.voided', { data: SALE });
const consent = anEvent('consent.changed');

describe('the case of a sale', () => {
  it.each<[string, AcceptedEvent, sale: string | undefined, named: string | undefined, hangs: boolean]>([
    ['its first part, which needs nobody', sale(1), NAME, undefined, false],
    ['a further part', sale(2), NAME, undefined, true],
    ['a return that names it', back, NAME, NAME, true],
    ['no return without the receipt', backWithoutReceipt, undefined, undefined, false],
    ['a correction', corrected, NAME, undefined, true],
    ['a void', voided, NAME, undefined, true],
    ['no coupon, though it names the sale', anEvent('coupon.redeemed'), undefined, undefined, false],
    ['nothing else', consent, undefined, undefined, false],
  ])('takes %s', (_what, event, ofSale, named, hangs) => {
    expect([saleOf(event), namedSale(event), hangsOnSale(event)]).toEqual([ofSale, named, hangs]);
    expect(headOf(event)?.receipt).toBe(ofSale === undefined ? undefined : '7');
  });

  it('knows each under its kind, after what was known before', () => {
    const all = [sale(1), sale(2), back, corrected, voided, consent];

    const known = all.reduce((one, event) => withEvent(one, 'ada', event), noCase);

    const [first, second] = all;
    expect(known).toEqual({
      sold: [
        { subject: 'ada', event: first },
        { subject: 'ada', event: second },
      ],
      corrections: [{ subject: 'ada', event: corrected }],
      returns: [back],
      voids: [voided],
    });
    expect(withEvent(known, 'bob', voided).voids).toEqual([voided, voided]);
    expect(withEvent(known, 'bob', back).returns).toEqual([back, back]);
    expect(withEvent(known, 'bob', corrected).corrections).toHaveLength(2);
  });
});
