import { describe, expect, it } from 'vitest';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import {
  casesOf,
  hangsOnSale,
  headOf,
  namedSale,
  noCase,
  saleOf,
} from '../../../../../shared/domain/returns/sale-case.ts';
import { anEvent, aReturn } from '../../../../builders/an-event.ts';

const SALE = { store: 'ams-01', terminal: 'till-3', receipt: '7' };
const NAME = 'receipt/ams-01/till-3/7/1';
const OWN_NAME = 'receipt/ams-01/till-9/8/1';
const OWN = { store: 'ams-01', terminal: 'till-9', receipt: '8' };

const sale = (part: number) => anEvent('sale.recorded', { data: { ...SALE, part } });
const back = aReturn(1, { data: { ...OWN, sale: SALE } });
const backWithoutReceipt = aReturn(1, { data: OWN });
const backInParts = aReturn(1, { data: { ...OWN, part: 2 } });
const exchanged = aReturn(1, { data: { ...OWN, exchange: true } });
const corrected = anEvent('receipt.corrected', { data: SALE });
const voided = anEvent('sale.voided', { data: SALE });
const consent = anEvent('consent.changed');

type Case = [string, AcceptedEvent, sale: string | undefined, cases: readonly string[], hangs: boolean];

describe('the case of a receipt', () => {
  it.each<Case>([
    ['the first part of a sale, which needs nobody', sale(1), NAME, [NAME], false],
    ['a further part', sale(2), NAME, [NAME], true],
    ['a return, under its own number and that of its sale', back, NAME, [NAME, OWN_NAME], true],
    ['a return without the receipt, which needs nobody', backWithoutReceipt, undefined, [OWN_NAME], false],
    ['a further part of one', backInParts, undefined, [OWN_NAME], true],
    ['what came back in an exchange, beside what was taken', exchanged, undefined, [OWN_NAME], true],
    ['a correction', corrected, NAME, [NAME], true],
    ['a void', voided, NAME, [NAME], true],
    ['no coupon, though it names the sale', anEvent('coupon.redeemed'), undefined, [], false],
    ['nothing else', consent, undefined, [], false],
  ])('takes %s', (_what, event, ofSale, cases, hangs) => {
    expect([saleOf(event), casesOf(event), hangsOnSale(event)]).toEqual([ofSale, cases, hangs]);
    expect(namedSale(event)).toBe(event === back ? NAME : undefined);
  });

  it('is told apart by where it was written, which any of its events says', () => {
    const told = { subject: 'ada', event: sale(1) };
    const restated = { subject: 'ada', event: corrected };

    for (const some of [
      { sold: [told] },
      { corrections: [restated] },
      { returns: [back] },
      { voids: [voided] },
    ])
      expect(headOf({ ...noCase, ...some })).toMatchObject(SALE);
    expect(headOf(noCase)).toBeUndefined();
  });
});
