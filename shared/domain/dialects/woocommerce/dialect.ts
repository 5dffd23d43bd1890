import { InvalidInput } from '../../kernel/errors.ts';
import { firstText, objectIn, type Told } from '../told.ts';
import type { WebhookDialect } from '../webhook.ts';
import { customerOf } from './customer.ts';
import { orderOf } from './order.ts';
import { refundOf } from './refund.ts';

/** WooCommerce's webhooks, and refunds as its REST interface tells them. */
export const woocommerce: WebhookDialect = {
  signed: ({ headers, body }) => ({ signature: headers['x-wc-webhook-signature'], text: body }),
  /** The shop makes it of the webhook's number and the second, so all orders of a second share it: the body tells them apart. */
  deliveryId({ headers, body }) {
    const name = headers['x-wc-webhook-delivery-id']?.trim();
    return name === undefined || name === '' ? undefined : `${name} ${body}`;
  },
  topic: ({ headers }) => headers['x-wc-webhook-topic'],
  /** Sent when a webhook is saved: its number and nothing else. The shop complains where it is not answered 200. */
  isTrial: ({ headers, body }) =>
    headers['x-wc-webhook-signature'] === undefined && /^webhook_id=\d{1,20}$/.test(body),
  translate(topic, told, context) {
    const message = objectIn(told);
    refuseError(message);
    switch (topic) {
      case 'order.created':
      case 'order.updated':
      case 'order.restored':
        return orderOf(message, context);
      case 'refund.created':
        return refundOf(message, context);
      case 'customer.created':
      case 'customer.updated':
        return customerOf(message, context);
      default:
        return [];
    }
  },
};

/** What the shop sends, rightly signed, where the user who made the webhook may not read what it tells of. */
function refuseError(message: Told): void {
  const code = firstText(message, 'code');
  if (code === undefined || message['id'] !== undefined || message['message'] === undefined) return;
  throw new InvalidInput(
    'shop-sent-an-error',
    'code',
    `code: the shop sent its error ${code.slice(0, 64)} in place of the message; have the webhook made by a user who may read orders and customers`,
  );
}
