import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { PurchaseDay, PurchaseHistory } from '../../../../../shared/domain/customers/history.ts';
import { noHistory } from '../../../../../shared/domain/customers/history.ts';
import { type Day, dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import { lineAmount } from '../../../../../shared/domain/kernel/money.ts';

const FILE = new URL('../../../../../../shared/data/online-retail/online-retail.csv.gz', import.meta.url);

/** Real receipts lie beside the repository, not in it. */
export const onlineRetailIsThere: boolean = existsSync(FILE);

interface Tally {
  readonly invoices: Set<string>;
  sales: number;
  returns: number;
}

/** The history of every known customer: lines with a positive quantity and price are sales, invoices with C returns. */
export async function onlineRetailHistories(): Promise<Map<string, PurchaseHistory>> {
  const customers = new Map<string, Map<Day, Tally>>();
  const lines = createReadStream(FILE)
    .pipe(createGunzip())
    .pipe(parse({ columns: true, relax_quotes: true }));
  for await (const line of lines) count(customers, line);
  return new Map([...customers].map(([id, days]) => [id, historyOf(days)]));
}

function count(customers: Map<string, Map<Day, Tally>>, line: Record<string, string>): void {
  const { CustomerID = '', InvoiceNo = '', InvoiceDate = '' } = line;
  const quantity = Number(line['Quantity']);
  const price = Number(line['UnitPrice']);
  const isReturn = InvoiceNo.startsWith('C');
  if (CustomerID === '' || price <= 0 || (quantity <= 0 && !isReturn)) return;

  const day = dayFromIso(InvoiceDate.slice(0, 10));
  const days = customers.get(CustomerID) ?? new Map<Day, Tally>();
  const tally = days.get(day) ?? { invoices: new Set(), sales: 0, returns: 0 };
  const amount = lineAmount(Math.abs(quantity), price * 100);
  if (isReturn) tally.returns += amount;
  else tally.sales += amount;
  if (!isReturn) tally.invoices.add(InvoiceNo);
  customers.set(CustomerID, days.set(day, tally));
}

const historyOf = (days: Map<Day, Tally>): PurchaseHistory => ({
  ...noHistory,
  days: [...days]
    .sort(([a], [b]) => a - b)
    .map(
      ([day, { invoices, sales, returns }]): PurchaseDay => ({ day, orders: invoices.size, sales, returns }),
    ),
});
