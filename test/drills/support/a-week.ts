import type { Random } from '../../../local/demo/random.ts';

const at = (day: number, minute: number): string => new Date(Date.UTC(2026, 2, day, 8, minute)).toISOString();

/** A receipt of a shop that only this test knows. */
const receipt = (type: string, shop: string, number: string, ids: object, day: number, cents: number) => ({
  type,
  occurredAt: at(day, cents % 600),
  ids,
  data: {
    store: shop,
    terminal: 'till-1',
    receipt: number,
    lines: [{ sku: 'TEA', quantity: 1, unitPrice: cents, category: 'tea' }],
  },
});

/**
 * A week of a shop: members enrol, agree, look around, buy, bring back and change their minds; strangers buy
 * too. `shop` names members, store and receipts, so that nobody else's week touches it.
 */
export function aWeek(shop: string, members: number, random: Random): object[] {
  const week: object[] = [];
  for (let n = 0; n < members; n += 1) {
    const ids = { member: `${shop}-${n}` };
    const about = (name: string, type: string, day: number, data: object, more = {}) => ({
      id: `${shop}-${name}-${n}`,
      type,
      occurredAt: at(day, n % 600),
      ids: { ...ids, ...more },
      data,
    });
    const cents = () => random.whole(1, 99_999);
    week.push(
      about(
        'in',
        'member.enrolled',
        1,
        { name: `Member ${n}`, language: 'nl' },
        { email: `${shop}-${n}@example.com` },
      ),
      about('yes', 'consent.changed', 2, { channel: 'email', status: 'granted' }),
      receipt('sale.recorded', shop, `${n}-1`, ids, 3, cents()),
      receipt('sale.recorded', shop, `${n}-2`, ids, 4, cents()),
      receipt('sale.recorded', shop, `s-${n}`, {}, 4, cents()),
    );
    if (n % 3 === 0) week.push(receipt('return.recorded', shop, `${n}-3`, ids, 5, cents()));
    if (n % 4 === 0) week.push(about('no', 'consent.changed', 6, { channel: 'email', status: 'withdrawn' }));
    if (n % 5 === 0) week.push(about('seen', 'product.viewed', 6, { sku: 'TEA' }));
  }
  return week;
}

/** So many receipts, each of a customer of its own: the most that can lie in one batch. */
export const receiptsOf = (shop: string, customers: number, random: Random): object[] =>
  Array.from({ length: customers }, (_, n) =>
    receipt('sale.recorded', shop, String(n), { member: `${shop}-${n}` }, 3, random.whole(1, 99_999)),
  );

/** So many receipts of one customer. */
export const receiptsOfOne = (shop: string, receipts: number, random: Random): object[] =>
  Array.from({ length: receipts }, (_, n) =>
    receipt(
      'sale.recorded',
      shop,
      String(n),
      { member: `${shop}-one` },
      1 + (n % 14),
      random.whole(1, 99_999),
    ),
  );
