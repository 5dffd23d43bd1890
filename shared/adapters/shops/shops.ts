import type { ShopName } from '../../domain/dialects/shop-receipts.ts';
import type { Shop } from '../../ports/shop.ts';
import type { AddressRules } from './address.ts';
import { askShop } from './ask-shop.ts';
import { shopifyShop } from './shopify.ts';
import { squareShop } from './square.ts';
import { woocommerceShop } from './woocommerce.ts';

/** The shops that can be asked what changed. */
export function shopClients(rules: AddressRules): Readonly<Record<ShopName, Shop>> {
  const ask = askShop(rules);
  return { shopify: shopifyShop(ask), square: squareShop(ask), woocommerce: woocommerceShop(ask) };
}
