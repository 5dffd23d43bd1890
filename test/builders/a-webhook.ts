import { createHmac } from 'node:crypto';
import type { Delivery } from '../../shared/domain/dialects/webhook.ts';

/** An order of a market place, as many of them look: fen, a time of their own, a phone beside it. */
export const marketOrder = {
  tid: '2860000001',
  status: 'TRADE_FINISHED',
  pay_time: '2026-03-14 18:15:00',
  buyer: { mobile: '0612345678', nick: 'ada' },
  orders: [
    { sku: 'MILK-900', num: 2, price: '19.99', cid: 'baby' },
    { sku: 'TEA-50', num: 1, price: '4.50', cid: 'tea' },
  ],
};

/** Orders that were paid become sales; every other message says nothing. */
export const MARKET_MAPPING = `body.status = "TRADE_FINISHED" ? {
  "type": "sale.recorded",
  "occurredAt": $replace(body.pay_time, " ", "T") & "+08:00",
  "ids": { "phone": body.buyer.mobile },
  "data": {
    "store": store,
    "receipt": body.tid,
    "lines": [body.orders.{
      "sku": sku,
      "quantity": num,
      "unitPrice": $round($number(price) * 100),
      "category": cid
    }]
  }
}`;

export const SIGNATURE_HEADER = 'x-market-signature';

/** A source of that market place, as it is set up. */
export const marketSource = {
  kind: 'webhook',
  store: 'market',
  proof: { by: 'signature', header: SIGNATURE_HEADER, encoding: 'hex', prefix: 'sha256=' },
  mapping: MARKET_MAPPING,
} as const;

export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A call as the market place makes it. */
export const marketCall = (
  secret: string,
  message: unknown = marketOrder,
  headers: Readonly<Record<string, string>> = {},
): Delivery => {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return {
    headers: { [SIGNATURE_HEADER]: signatureOf(secret, body), ...headers },
    url: 'https://events.example.com/v1/hooks/market',
    body,
  };
};
