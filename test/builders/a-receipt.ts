let count = 0;

interface Receipt {
  readonly type?: string;
  readonly at?: string;
  readonly ids?: Readonly<Record<string, string>>;
  readonly amount?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A receipt as a till sends it: one line of so many minor units, unless the test says otherwise. */
export function aReceipt({
  type = 'sale.recorded',
  at = '2026-03-14T10:15:00Z',
  ids = {},
  amount = 1000,
  data = {},
}: Receipt = {}) {
  count += 1;
  return {
    type,
    occurredAt: at,
    ids,
    data: {
      store: 'ams-01',
      terminal: 'till-1',
      receipt: String(count),
      lines: [{ sku: 'TEA', quantity: 1, unitPrice: amount, category: 'tea' }],
      ...data,
    },
  };
}
