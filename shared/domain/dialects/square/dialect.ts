import { firstText, objectIn, type Told } from '../told.ts';
import type { WebhookDialect } from '../webhook.ts';
import { customerOf } from './customer.ts';
import { paymentOf, refundOf } from './payment.ts';

/** Square's webhooks. */
export const square: WebhookDialect = {
  signed: ({ headers, url, body }) => ({
    signature: headers['x-square-hmacsha256-signature'],
    text: `${url}${body}`,
  }),
  deliveryId: ({ body }) => firstText(frameIn(body), 'event_id'),
  topic: ({ body }) => firstText(frameIn(body), 'type'),
  translate(topic, told, context) {
    const message = objectIn(objectIn(objectIn(told)['data'])['object']);
    switch (topic) {
      case 'payment.created':
      case 'payment.updated':
        return paymentOf(message, context);
      case 'refund.created':
      case 'refund.updated':
        return refundOf(message, context);
      case 'customer.created':
      case 'customer.updated':
        return customerOf(message, context);
      default:
        return [];
    }
  },
};

/** Square names a message inside of it. What is no JSON names nothing, and is refused as such afterwards. */
function frameIn(body: string): Told {
  try {
    return objectIn(JSON.parse(body));
  } catch {
    return {};
  }
}
