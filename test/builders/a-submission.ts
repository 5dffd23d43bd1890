import { tellable } from '../../shared/domain/events/catalogue.ts';

let count = 0;

interface Overrides {
  readonly id?: string | undefined;
  readonly version?: number;
  readonly occurredAt?: string;
  readonly sentAt?: string;
  readonly ids?: Readonly<Record<string, string>>;
  readonly relatedIds?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An event as a till or shop sends it, valid and unlike every other; pass only what the test talks about. */
export function aSubmission(type: keyof typeof tellable, { data = {}, ...frame }: Overrides = {}) {
  count += 1;
  const { sample, related }: { sample: object; related?: string } = tellable[type];
  const names = 'receipt' in sample ? { receipt: `r-${count}` } : {};
  return {
    id: `sub-${count}`,
    type,
    occurredAt: '2026-03-14T10:15:00.000Z',
    ids: { member: 'M-1' },
    ...(related === undefined ? {} : { relatedIds: { member: 'M-2' } }),
    ...frame,
    data: { ...sample, ...names, ...data } as Record<string, unknown>,
  };
}

/** A receipt of one line, of so many minor units, known by its number alone. */
export const aSoldReceipt = (amount: number, { data = {}, ...frame }: Overrides = {}) =>
  aSubmission('sale.recorded', {
    id: undefined,
    ...frame,
    data: { lines: [{ sku: 'TEA', quantity: 1, unitPrice: amount, category: 'tea' }], ...data },
  });
