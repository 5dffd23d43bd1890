import { shopify } from './shopify/dialect.ts';
import { square } from './square/dialect.ts';
import type { WebhookDialect } from './webhook.ts';
import { woocommerce } from './woocommerce/dialect.ts';

/** The shop systems whose webhooks are understood. */
export const shops = { shopify, square, woocommerce } as const satisfies Record<string, WebhookDialect>;
