import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../support/host.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

interface Purchases {
  readonly orders: number;
  readonly net: number;
  readonly returned: number;
  readonly units: number;
}
interface Exceptions {
  readonly exceptions: readonly {
    readonly id: string;
    readonly sale: { readonly receipt: string };
    readonly amount: number;
    readonly settled?: { readonly note: string };
  }[];
}

const member = 'M-returns';
const today = new Date().toISOString();
const event = (type: string, receipt: string, data: object) => ({
  type,
  occurredAt: today,
  ids: { member },
  data: { store: 'ams-01', terminal: 'returns', receipt, ...data },
});
const line = (sku: string, quantity: number, unitPrice: number) => ({ sku, quantity, unitPrice });
const SALE = { store: 'ams-01', terminal: 'returns', receipt: 'w-1' };

/** Sends, and waits for what the customer is then. */
async function after(events: object, wanted: Partial<Purchases>): Promise<void> {
  expect((await host.send(events)).status).toBe(202);
  const isWanted = (found: Purchases) =>
    Object.entries(wanted).every(([name, value]) => found[name as keyof Purchases] === value);
  await host.eventually(
    async () =>
      (await host.ask<{ purchases?: Purchases }>('POST', '/v1/customers/look-up', { member })).body.purchases,
    (found) => found !== undefined && isWanted(found),
  );
}

const openOnes = async (): Promise<Exceptions['exceptions']> => {
  const { body } = await host.ask<Exceptions>('GET', '/v1/exceptions?kind=over-return&limit=200');
  return body.exceptions.filter(({ sale }) => sale.receipt === SALE.receipt);
};

it('a week of a counter: goods come back before their sale, in exchange, after a correction, and once too often', async () => {
  // The till of the sale was offline: what comes back and what is put right is told first.
  await host.send([
    event('return.recorded', 'w-2', { sale: SALE, lines: [line('TEA', 1, 900)] }),
    event('receipt.corrected', 'w-1', { revision: 1, lines: [line('TEA', 2, 900), line('COAT', 1, 5_000)] }),
  ]);
  await after(event('sale.recorded', 'w-1', { lines: [line('TEA', 2, 1_000), line('COAT', 1, 5_000)] }), {
    orders: 1,
    net: 5_900,
    units: 2,
  });

  // The coat is exchanged for a dearer one, which is no new order.
  const exchange = event('exchange.recorded', 'w-3', {
    sale: SALE,
    returned: [line('COAT', 1, 5_000)],
    lines: [line('COAT-L', 1, 6_000)],
  });
  await after(exchange, { orders: 1, net: 6_900, units: 2 });
  const { body } = await host.send<{ results: { status: string }[] }>([exchange, exchange]);
  expect(body.results.map(({ status }) => status)).toEqual(['duplicate', 'duplicate']);

  // More tea than was sold: the excess never counts, and somebody has to look at it.
  await after(event('return.recorded', 'w-4', { sale: SALE, lines: [line('TEA', 3, 900)] }), {
    net: 6_000,
    units: 1,
  });
  const [found] = await openOnes();
  expect(found).toMatchObject({ amount: 1_800, sale: SALE });
  const settled = await host.ask('POST', `/v1/exceptions/${found?.id}/settle`, {
    note: 'A mistake at the till',
  });
  expect(settled).toMatchObject({ status: 200, body: { settled: { note: 'A mistake at the till' } } });
  expect(await openOnes()).toEqual([]);

  // The mistake is voided: the tea that it took is sold as before.
  await after(event('sale.voided', 'w-4', {}), { net: 6_900, units: 2 });
  // The tea is brought back once more.
  await after(event('return.recorded', 'w-6', { sale: SALE, lines: [line('TEA', 1, 900)] }), {
    net: 6_000,
    units: 1,
  });

  // The order is cancelled: what is left of it comes back, and what the exchange gave stays.
  await after(event('return.recorded', 'w-5', { sale: SALE, whole: true }), { orders: 1, net: 6_000 });
  await after(event('sale.voided', 'w-1', {}), { orders: 0, net: 6_000, units: 1 });
});
