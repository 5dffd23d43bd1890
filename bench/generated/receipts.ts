import { seeded } from '../../local/demo/random.ts';
import { memberEmail, memberNumber } from './members.ts';

/** Sums of what was sent, minor units; what is told twice counts once. */
export interface Sent {
  receipts: number;
  gross: number;
  returned: number;
}

export interface TillSettings {
  /** Its number; no two tills of a stage share a receipt number. */
  readonly till: number;
  /** Tells this run's receipts from those of another. */
  readonly run: string;
  readonly members: number;
}

/** Receipts without a card, goods that come back, receipts told twice, members who also give an e-mail address. */
export const shares = { strangers: 0.3, returns: 0.02, doubled: 0.01, withEmail: 0.05 } as const;

/** Lines of a receipt: 1 to 5, so 3 on average. */
const MOST_LINES = 5;
const SKUS = 4_000;

/**
 * An endless roll of receipts of one till, always the same for the same settings. Few members buy often:
 * the square of an even draw sends half of the receipts to a quarter of them.
 */
export function till({ till: number, run, members }: TillSettings, sent: Sent) {
  const random = seeded(`${run}/${number}`);
  const store = `store-${number % 3}`;
  let count = 0;
  let last: object | undefined;

  const idsOf = () => {
    if (random.chance(shares.strangers)) return {};
    const n = Math.floor(random.fraction() ** 2 * members);
    return n % (1 / shares.withEmail) === 0
      ? { member: memberNumber(n), email: memberEmail(n) }
      : { member: memberNumber(n) };
  };

  const linesOf = () =>
    Array.from({ length: random.whole(1, MOST_LINES) }, () => {
      const sku = random.whole(1, SKUS);
      return {
        sku: `SKU-${sku}`,
        quantity: random.whole(1, 3),
        unitPrice: 99 + ((sku * 37) % 2_900),
        discount: random.chance(0.1) ? 25 : 0,
        category: `category-${sku % 24}`,
      };
    });

  return (): object => {
    if (last !== undefined && random.chance(shares.doubled)) return last;
    count += 1;
    const isReturn = random.chance(shares.returns);
    const lines = linesOf();
    const amount = lines.reduce(
      (sum, { quantity, unitPrice, discount }) => sum + quantity * unitPrice - discount,
      0,
    );
    sent.receipts += 1;
    if (isReturn) sent.returned += amount;
    else sent.gross += amount;
    last = {
      id: `${run}-${number}-${count}-${random.whole(1e8, 1e9)}`,
      type: isReturn ? 'return.recorded' : 'sale.recorded',
      occurredAt: new Date().toISOString(),
      ids: idsOf(),
      data: {
        store,
        terminal: `till-${number}`,
        receipt: `${run}-${count}`,
        lines,
        ...(isReturn ? {} : { tender: [{ kind: 'card', amount }] }),
      },
    };
    return last;
  };
}
