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
  /** Share of what it sends that it told before. */
  readonly doubled?: number;
}

/** Receipts without a card, goods that come back, receipts told twice, members who also give an e-mail address. */
export const shares = { strangers: 0.3, returns: 0.02, doubled: 0.01, withEmail: 0.05 } as const;

/** Lines of a receipt: 1 to 5, so 3 on average. */
const MOST_LINES = 5;
const SKUS = 4_000;
/** What is told twice is one of the last so many: of the same call, or of one before. */
const LATELY = 100;

interface Line {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount: number;
  readonly category: string;
}

const paidFor = ({ quantity, unitPrice, discount }: Line): number => quantity * unitPrice - discount;

/**
 * An endless roll of receipts of one till, always the same for the same settings. Few members buy often:
 * the square of an even draw sends half of the receipts to a quarter of them.
 */
export function till({ till: number, run, members, doubled = shares.doubled }: TillSettings, sent: Sent) {
  const random = seeded(`${run}/${number}`);
  const store = `store-${number % 3}`;
  const terminal = `till-${number}`;
  let count = 0;
  const lately: object[] = [];
  /** The last sale that nobody brought anything back of. */
  let returnable:
    | { readonly receipt: string; readonly ids: object; readonly lines: readonly Line[] }
    | undefined;

  const idsOf = () => {
    if (random.chance(shares.strangers)) return {};
    const n = Math.floor(random.fraction() ** 2 * members);
    return n % (1 / shares.withEmail) === 0
      ? { member: memberNumber(n), email: memberEmail(n) }
      : { member: memberNumber(n) };
  };

  const linesOf = (): Line[] =>
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

  /** Half of them with the receipt of a sale, of which one line comes back. */
  const returned = () => {
    if (returnable === undefined || random.chance(0.5)) return { ids: idsOf(), lines: linesOf() };
    const { receipt, ids, lines } = returnable;
    returnable = undefined;
    return { ids, lines: lines.slice(0, 1), sale: { store, terminal, receipt } };
  };

  return (): object => {
    const before = random.chance(doubled) ? lately[random.whole(0, lately.length - 1)] : undefined;
    if (before !== undefined) return before;
    count += 1;
    const receipt = `${run}-${count}`;
    const isReturn = random.chance(shares.returns);
    const { ids, lines, ...more } = isReturn ? returned() : { ids: idsOf(), lines: linesOf() };
    const amount = lines.reduce((sum, line) => sum + paidFor(line), 0);
    sent.receipts += 1;
    if (isReturn) sent.returned += amount;
    else sent.gross += amount;
    if (!isReturn) returnable = { receipt, ids, lines };
    const event = {
      type: isReturn ? 'return.recorded' : 'sale.recorded',
      occurredAt: new Date().toISOString(),
      ids,
      data: {
        store,
        terminal,
        receipt,
        lines,
        ...more,
        ...(isReturn ? {} : { tender: [{ kind: 'card', amount }] }),
      },
    };
    lately[count % LATELY] = event;
    return event;
  };
}
