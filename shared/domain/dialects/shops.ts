import type { WebhookDialect } from './webhook.ts';

/** The shop systems whose webhooks are understood. */
export const shops = {} as const satisfies Record<string, WebhookDialect>;
