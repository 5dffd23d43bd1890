import { shops } from '../../shared/domain/dialects/shops.ts';
import { readEvent } from '../../shared/domain/events/read-event.ts';
import { type Line, paidFor } from '../../shared/domain/events/receipt.ts';
import type { RawEvent } from '../../shared/domain/import/raw-event.ts';

export const context = { store: 'web-nl', currency: 'EUR', receivedAt: '2026-03-15T12:00:00.000Z' };

/** What a shop's message becomes in a stage of euros, checked as the door checks it. */
export const told = (shop: keyof typeof shops, topic: string, message: unknown): readonly RawEvent[] =>
  shops[shop].translate(topic, message, context).map((event) => {
    readEvent(event);
    return event;
  });

type Told = { readonly data: object } | undefined;

export const linesOf = (event: Told): readonly Line[] =>
  ((event?.data ?? {}) as { lines?: readonly Line[] }).lines ?? [];

/** What the lines cost, and the money beside them. */
export const paid = (event: Told): number => {
  const { amount = 0 } = (event?.data ?? {}) as { amount?: number };
  return linesOf(event).reduce(
    (sum, line) => sum + paidFor({ ...line, discount: line.discount ?? 0 }),
    amount,
  );
};
