import type { EventOf } from '../events/event.ts';
import { paidFor } from '../events/receipt.ts';
import type { Minor } from '../kernel/money.ts';
import type { Excess } from './allot.ts';

export const exceptionKinds = ['over-return', 'return-without-sale', 'void-without-sale'] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** What one return or void claims and does not get. */
export interface Claim extends Partial<Excess> {
  /** The event's. */
  readonly id: string;
}

/** What a person should look at. It closes by itself when what was missing arrives. */
export interface SaleException {
  readonly kind: ExceptionKind;
  /** When the first of the claims happened. */
  readonly since: string;
  /** Of all claims; minor units. */
  readonly amount: Minor;
  readonly claims: readonly Claim[];
}

type Told = EventOf<'return.recorded'> | EventOf<'sale.voided'>;

/** One exception of all that is claimed; undefined where nothing is. */
export function exceptionOf(
  kind: ExceptionKind,
  claims: readonly { readonly event: Told; readonly claim: Omit<Claim, 'id'> }[],
): SaleException | undefined {
  const [first, ...others] = claims.map(({ event }) => event.occurredAt);
  if (first === undefined) return undefined;
  return {
    kind,
    since: others.reduce((earliest, at) => (at < earliest ? at : earliest), first),
    amount: claims.reduce((sum, { claim }) => sum + (claim.amount ?? 0), 0),
    claims: claims.map(({ event, claim }) => ({ id: event.id, ...claim })),
  };
}

/** What was paid out for goods that came back; 0 where the whole sale did and nobody says for how much. */
export const paidBack = ({ lines, amount = 0 }: EventOf<'return.recorded'>['data']): Minor =>
  lines.reduce((sum, line) => sum + paidFor(line), amount);

/**
 * True where a person who settled the one has looked at all of the other too: it has no claim more, and none that
 * asks for more. What closes and comes again, or shrinks, is nothing new.
 */
export function isCovered(now: Pick<SaleException, 'claims'>, seen: Pick<SaleException, 'claims'>): boolean {
  const known = sumsOf(seen.claims);
  return [...sumsOf(now.claims)].every(([name, { units, amount }]) => {
    const own = known.get(name);
    return own !== undefined && units <= own.units && amount <= own.amount;
  });
}

function sumsOf(claims: readonly Claim[]): Map<string, { readonly units: number; readonly amount: Minor }> {
  const sums = new Map<string, { readonly units: number; readonly amount: Minor }>();
  for (const { id, sku = '', units = 0, amount = 0 } of claims) {
    const name = JSON.stringify([id, sku]);
    const before = sums.get(name) ?? { units: 0, amount: 0 };
    sums.set(name, { units: before.units + units, amount: before.amount + amount });
  }
  return sums;
}
