/** What a translator knows beside the message. */
export interface Surroundings {
  readonly receivedAt: string;
  /** Of the whole batch; a message may have its own. */
  readonly sentAt?: string;
  /** Names a message that brings no messageId. */
  readonly id: string;
  /** ISO 4217, of the stage. */
  readonly currency: string;
}

/**
 * Where orders are written. One place for all that a shop on the web tells, so that a refund told by the server
 * names the same order as the sale told by the browser.
 */
export const SHOP = { store: 'web', terminal: '1' } as const;

/** Returns stand beside the orders, since a receipt number names one thing only. */
export const REFUNDS = { store: 'web', terminal: 'refunds' } as const;
