import type * as z from 'zod';
import type { catalogue, EventType } from '../events/catalogue.ts';
import type { Ids } from '../events/event.ts';

/** An event as a till, a shop or a file tells it: identifiers in the clear, nothing checked yet. */
export type RawEvent = {
  [T in EventType]: {
    readonly id?: string;
    readonly type: T;
    readonly occurredAt: string;
    readonly sentAt?: string;
    readonly ids?: z.input<typeof Ids>;
    readonly data: z.input<(typeof catalogue)[T]['data']>;
  };
}[EventType];
