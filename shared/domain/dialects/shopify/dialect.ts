import { objectIn } from '../told.ts';
import type { WebhookDialect } from '../webhook.ts';
import { consentOf, customerOf } from './customer.ts';
import { orderOf } from './order.ts';
import { refundOf } from './refund.ts';

/** Shopify's webhooks, in the shape of its REST resources. */
export const shopify: WebhookDialect = {
  signed: ({ headers, body }) => ({ signature: headers['x-shopify-hmac-sha256'], text: body }),
  deliveryId: ({ headers }) => headers['x-shopify-webhook-id'],
  topic: ({ headers }) => headers['x-shopify-topic'],
  translate(topic, told, context) {
    const message = objectIn(told);
    switch (topic) {
      case 'orders/create':
      case 'orders/updated':
      case 'orders/paid':
      case 'orders/partially_paid':
      case 'orders/cancelled':
      case 'orders/fulfilled':
      case 'orders/partially_fulfilled':
        return orderOf(message, context);
      case 'refunds/create':
        return refundOf(message, context);
      case 'customers/create':
      case 'customers/update':
      case 'customers/enable':
      case 'customers/disable':
        return customerOf(message, context);
      case 'customers_email_marketing_consent/update':
        return consentOf(message, 'email', context);
      case 'customers_marketing_consent/update':
        return consentOf(message, 'sms', context);
      default:
        return [];
    }
  },
};
