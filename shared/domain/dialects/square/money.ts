import { InvalidInput } from '../../kernel/errors.ts';
import type { Minor } from '../../kernel/money.ts';
import { refuseOtherMoney, requireField } from '../required.ts';
import { firstText, objectIn, type Told } from '../told.ts';

/** Money that must be there. */
export function moneyAt(told: Told, name: string, currency: string, path: string): Minor {
  requireField(objectIn(told[name]), 'amount', `${path}${name}.amount`);
  return moneyIn(told, name, currency, path);
}

/** Square's money is in minor units already; 0 where nothing is said. */
export function moneyIn(told: Told, name: string, currency: string, path: string): Minor {
  const money = objectIn(told[name]);
  refuseOtherMoney(firstText(money, 'currency') ?? currency, currency, `${path}${name}.currency`);
  const amount = money['amount'] ?? 0;
  if (typeof amount === 'number' && Number.isSafeInteger(amount)) return amount;
  throw new InvalidInput(
    'invalid-field',
    `${path}${name}.amount`,
    `${path}${name}.amount: takes a whole number of minor units, such as 1999 for 19.99`,
  );
}
