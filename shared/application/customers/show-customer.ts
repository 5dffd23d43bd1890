import type * as z from 'zod';
import type { CustomerAnswer } from '../../contracts/customer-schemas.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import type { Aggregate, Share } from '../../domain/customers/aggregate.ts';
import { cartOf, lastViewed } from '../../domain/customers/browsing.ts';
import { careOf, openComplaints, openTickets, waitingForCall } from '../../domain/customers/care.ts';
import type { Sight } from '../../domain/customers/mask.ts';
import type { CustomerView } from '../../domain/customers/view.ts';
import { ContactChannel } from '../../domain/events/consent-changed.ts';
import { messageMoves } from '../../domain/events/message-feedback.ts';
import { stageOn } from '../../domain/insight/lifecycle.ts';
import { isoFromDay } from '../../domain/kernel/day.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { dueOf } from './call-backs.ts';
import { contactOf } from './masked-contact.ts';
import type { CustomerRecord } from './read-customer.ts';
import { purchasesOf } from './show-purchases.ts';
import { relationsOf } from './show-relations.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly stage: StageSettings;
}

type Answer = z.input<typeof CustomerAnswer>;

/** A customer as somebody may see them: the parts of their sight and no other. */
export async function showCustomer(
  deps: Deps,
  record: CustomerRecord,
  sight: Sight,
  now: string,
): Promise<Answer> {
  const { view, profiles } = record;
  const sees = (part: Sight['parts'][number]): boolean => sight.parts.includes(part);
  return {
    id: view.id,
    profiles: [...profiles],
    contact: await contactOf(deps, profiles, sight),
    currency: deps.stage.currency,
    ...(sees('record') ? recordOf(view, deps.stage, now) : {}),
    ...(sees('record') ? await relationsOf(deps.table, record) : {}),
    ...(sees('insight') ? insightOf(view) : {}),
  };
}

function recordOf(view: CustomerView, stage: StageSettings, now: string): Partial<Answer> {
  const { aggregate, score, today } = view;
  const { since, stage: lifecycle } = stageOn(aggregate.history, today);
  return {
    ...(aggregate.enrolledAt === undefined ? {} : { enrolledAt: aggregate.enrolledAt }),
    ...(aggregate.firstSeen === undefined ? {} : { firstSeen: aggregate.firstSeen }),
    ...(aggregate.lastSeen === undefined ? {} : { lastSeen: aggregate.lastSeen }),
    lifecycle: { stage: lifecycle, ...(since === undefined ? {} : { since: isoFromDay(since) }) },
    care: careShown(view, stage, now),
    purchases: purchasesOf(aggregate),
    categories: byNet(aggregate.categories),
    channels: byNet(aggregate.channels),
    stores: byNet(aggregate.stores),
    payments: aggregate.payments,
    consent: Object.fromEntries(
      ContactChannel.options.map((channel) => [channel, aggregate.consent[channel]?.status ?? 'unknown']),
    ) as NonNullable<Answer['consent']>,
    traits: Object.fromEntries(Object.entries(aggregate.traits).map(([name, { value }]) => [name, value])),
    feedback: feedbackOf(aggregate),
    coupons: {
      redeemed: aggregate.facts['coupon.redeemed'] ?? 0,
      shown: aggregate.signals.tallies['coupon.shown']?.count ?? 0,
    },
    // The tier is for everybody at the counter; what the numbers say of value and churn is for marketing.
    ...(score === undefined
      ? {}
      : {
          score: {
            asOf: score.asOf,
            lifecycle: score.lifecycle,
            ...(score.tier === undefined ? {} : { tier: score.tier }),
          },
        }),
  };
}

function careShown({ aggregate, today }: CustomerView, { callBackHours }: StageSettings, now: string) {
  const { level, reasons } = careOf(aggregate, today);
  const [first] = waitingForCall(aggregate);
  const due = first && dueOf(first, callBackHours);
  return {
    level,
    reasons: [...reasons],
    openTickets: openTickets(aggregate),
    openComplaints: openComplaints(aggregate),
    ...(first === undefined || due === undefined ? {} : { callBack: { ...first, due, overdue: due < now } }),
  };
}

const feedbackOf = ({ feedback }: Aggregate): Answer['feedback'] =>
  Object.fromEntries(
    Object.entries(feedback).map(([asked, { count, sum, score, at }]) => [
      asked,
      { count, average: Math.round((100 * sum) / count) / 100, latest: { score, at } },
    ]),
  );

function insightOf({ aggregate: { signals, boughtAt }, score }: CustomerView): Partial<Answer> {
  const cart = cartOf(signals.browsing, boughtAt);
  const searched = signals.browsing?.searched;
  return {
    messages: Object.fromEntries(
      messageMoves.flatMap((move) => {
        const tally = signals.tallies[`message.${move}`];
        return tally === undefined ? [] : [[move, tally]];
      }),
    ),
    browsing: {
      viewed: lastViewed(signals.browsing),
      ...(cart === undefined ? {} : { cart }),
      ...(searched === undefined ? {} : { searched }),
    },
    ...(score === undefined ? {} : { score: score as NonNullable<Answer['score']> }),
  };
}

/** Largest first, equal ones by name; what was voided or moved elsewhere to the last is not told. */
const byNet = (shares: Readonly<Record<string, Share>>) =>
  Object.entries(shares)
    .filter(([, { orders, units, net }]) => orders !== 0 || units !== 0 || net !== 0)
    .map(([name, share]) => ({ name, ...share }))
    .sort((a, b) => b.net - a.net || (a.name < b.name ? -1 : 1));
