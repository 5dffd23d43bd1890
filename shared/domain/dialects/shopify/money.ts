import type { Minor } from '../../kernel/money.ts';
import { amountIn } from '../amounts.ts';
import { refuseOtherMoney } from '../required.ts';
import { firstText, objectIn, type Told } from '../told.ts';

/** Which of the two currencies of an order is read: the shop's own, or the one the customer paid in. */
export interface Money {
  readonly currency: string;
  /** Amounts that stand alone are the shop's; those of the customer stand only in sets of both. */
  readonly isShops: boolean;
}

/** The stage's currency, where the order has it. Throws InvalidInput `foreign-currency`. */
export function moneyOf(order: Told, currency: string): Money {
  const shops = firstText(order, 'currency') ?? currency;
  if (shops === currency) return { currency, isShops: true };
  if (firstText(order, 'presentment_currency') !== currency) refuseOtherMoney(shops, currency, 'currency');
  return { currency, isShops: false };
}

/** An amount by its name; 0 where nothing is said. */
export function amountOf(told: Told, name: string, { currency, isShops }: Money, path: string): Minor {
  const set = objectIn(told[`${name}_set`]);
  const inSet = [objectIn(set['shop_money']), objectIn(set['presentment_money'])].find(
    (one) => one['currency_code'] === currency,
  );
  if (inSet !== undefined) return amountIn(inSet['amount'], currency, `${path}${name}_set`) ?? 0;
  const shops = firstText(objectIn(set['shop_money']), 'currency_code');
  if (shops !== undefined) refuseOtherMoney(shops, currency, `${path}${name}_set.shop_money.currency_code`);
  return isShops ? (amountIn(told[name], currency, `${path}${name}`) ?? 0) : 0;
}
