import { InvalidInput } from '../kernel/errors.ts';
import type { Minor } from '../kernel/money.ts';
import { amountIn } from './amounts.ts';
import { instantIn } from './instants.ts';
import { firstText, type Told } from './told.ts';

/** A text that must be there. */
export function textAt(message: Told, name: string, path = name): string {
  const text = firstText(message, name);
  if (text !== undefined) return text;
  throw new InvalidInput('invalid-field', path, `${path}: is missing`);
}

/** An instant that must be there. */
export function timeAt(message: Told, ...names: readonly [string, ...string[]]): string {
  for (const name of names) {
    const at = instantIn(message, name);
    if (at !== undefined) return at;
  }
  throw new InvalidInput('invalid-field', names[0], `${names[0]}: is missing; it takes a date and time`);
}

/** An amount that must be there: money that nobody stated is not nothing. */
export function amountAt(message: Told, name: string, currency: string, path: string): Minor {
  const amount = amountIn(message[name], currency, path);
  if (amount !== undefined) return amount;
  throw new InvalidInput('invalid-field', path, `${path}: is missing; it takes an amount, such as 19.99`);
}

/**
 * A field that every whole message has, be it null. Without it a message would say nothing for ever, and nobody
 * would learn of it.
 */
export function requireField(message: Told, name: string, path = name): void {
  if (message[name] !== undefined) return;
  throw new InvalidInput('invalid-field', path, `${path}: is missing; let the shop send all fields`);
}

/** Other money than the stage's is refused before anything is read as the stage's. */
export function refuseOtherMoney(told: string, currency: string, path: string): void {
  if (told === currency) return;
  throw new InvalidInput(
    'foreign-currency',
    path,
    `${path}: this stage keeps ${currency}, not ${told.slice(0, 8)}; connect this shop to a stage of its own`,
  );
}
