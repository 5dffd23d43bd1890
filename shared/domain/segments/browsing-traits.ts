import { cartOf, lastViewed } from '../customers/browsing.ts';
import type { CustomerView } from '../customers/view.ts';
import type { MessageMove } from '../events/message-feedback.ts';
import { daysSinceInstant } from './purchases.ts';
import type { NumberTrait, Trait } from './trait.ts';

const cart = ({ aggregate: { signals, boughtAt } }: CustomerView) => cartOf(signals.browsing, boughtAt);

const messages = (summary: string, move: MessageMove): NumberTrait => ({
  kind: 'number',
  unit: 'count',
  summary,
  always: true,
  of: ({ aggregate }) => aggregate.signals.tallies[`message.${move}`]?.count ?? 0,
});

/** What somebody does in the shop, in the app and with messages. */
export const browsingTraits = {
  'cart.value': {
    kind: 'number',
    unit: 'minor units',
    summary: 'value of the basket that was not bought',
    of: (view) => cart(view)?.value,
  },
  'cart.days': {
    kind: 'number',
    unit: 'days',
    summary: 'time since that basket was last heard of',
    of: (view) => daysSinceInstant(view, cart(view)?.at),
  },
  lastViewedCategory: {
    kind: 'text',
    summary: 'category of the product viewed last',
    of: ({ aggregate }) => lastViewed(aggregate.signals.browsing)[0]?.category,
  },
  'messages.opened': messages('number of messages opened', 'opened'),
  'messages.clicked': messages('number of messages clicked', 'clicked'),
} as const satisfies Record<string, Trait>;
