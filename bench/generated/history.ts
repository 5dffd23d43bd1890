import { seeded } from '../../local/demo/random.ts';
import { memberNumber } from './members.ts';

export interface HistorySettings {
  readonly receipts: number;
  readonly members: number;
}

/** How a file of this history is read. */
export const historyMapping = {
  columns: {
    receipt: 'receipt',
    store: 'store',
    terminal: 'till',
    sku: 'sku',
    quantity: 'quantity',
    unitPrice: 'price',
    category: 'category',
    occurredAt: 'time',
    member: 'member',
  },
  constants: { channel: 'store', currency: 'EUR' },
  time: { format: 'YYYY-MM-DD HH:mm:ss', zone: 'Europe/Amsterdam' },
};

const STORES = 50;
const TILLS = 4;
const SKUS = 4_000;
const STRANGERS = 0.3;
const FIRST = Date.parse('2023-01-02T08:00:00Z');
const YEARS_MILLIS = 3 * 365 * 86_400_000;
/** Lines are handed on in pieces of about this size, as a file is read. */
const PIECE = 64 * 1_024;

/**
 * A CSV file of the receipts of a chain of 50 stores over three years, as a stream: the same for the same settings, of any
 * length, and never on the disk. Receipts of 1 to 3 lines, seven in ten of members; few members buy often.
 */
export function* historyFile({ receipts, members }: HistorySettings): Generator<string> {
  const random = seeded('history');
  let piece = 'receipt,store,till,sku,quantity,price,category,time,member\n';
  for (let count = 0; count < receipts; count += 1) {
    const till = random.whole(0, STORES * TILLS - 1);
    const at = new Date(FIRST + Math.floor((count / receipts) * YEARS_MILLIS)).toISOString();
    const time = `${at.slice(0, 10)} ${at.slice(11, 19)}`;
    const member = random.chance(STRANGERS) ? '' : memberNumber(Math.floor(random.fraction() ** 2 * members));
    const head = `${count},s-${till % STORES},t-${Math.floor(till / STORES)}`;
    for (let line = random.whole(1, 3); line > 0; line -= 1) {
      const sku = random.whole(1, SKUS);
      const price = (99 + ((sku * 37) % 2_900)) / 100;
      piece += `${head},SKU-${sku},${random.whole(1, 3)},${price.toFixed(2)},category-${sku % 24},${time},${member}\n`;
    }
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
