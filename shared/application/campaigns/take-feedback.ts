import { keys } from '../../contracts/keys.ts';
import {
  addFeedback,
  type Feedback,
  type FeedbackCounts,
  nothingHeard,
} from '../../domain/campaigns/feedback.ts';
import { advance, type Touch } from '../../domain/campaigns/ledger.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { fractionOf } from '../../domain/kernel/fraction.ts';
import type { Slug } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table, Write } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

/** Items that count one campaign's feedback. */
const SLOTS = 16;
const ATTEMPTS = 12;

/**
 * Closes the addresses to every later message, and writes into the ledger and the campaign's counts what came of
 * this one. All in one commit, so that feedback that is delivered twice counts once.
 */
export const takeFeedback =
  (deps: Deps) =>
  async (feedback: Feedback): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const writes = [...(await suppressions(deps, feedback)), ...(await accounts(deps.table, feedback))];
      if (writes.length === 0 || (await deps.table.commit(writes)).ok) return;
    }
    throw new TooManyConflicts(`The feedback to ${feedback.message?.campaign ?? 'no campaign'}`);
  };

/** The first reason stays. */
async function suppressions(
  { table, keyring }: Deps,
  { kind, closed, at }: Feedback,
): Promise<readonly Write[]> {
  const items = [...new Set(closed.map((address) => keyring.profileId('email', address)))].map(
    keys.suppression,
  );
  const known = await table.getMany(items);
  return items
    .filter((_, index) => known[index] === undefined)
    .map((put) => ({ put, value: { reason: kind, at }, if: 'absent' }));
}

async function accounts(table: Table, { kind, at, message }: Feedback): Promise<readonly Write[]> {
  if (message === undefined) return [];
  const { campaign, customer } = message;
  const count = keys.campaignFeedback(campaign, Math.floor(fractionOf(customer) * SLOTS));
  const [touch, counted] = await table.getMany([keys.touch(customer, campaign), count]);
  // Nobody of ours was touched: a message from before the ledger, or somebody else's tags.
  if (touch === undefined) return [];
  const next = advance(touch.value as unknown as Touch, { kind, at });
  if (next === undefined) return [];
  return [
    { put: keys.touch(customer, campaign), value: next, if: { version: touch.version } },
    {
      put: count,
      value: { ...addFeedback(countsIn(counted), { ...nothingHeard, [kind]: 1 }) },
      if: counted === undefined ? 'absent' : { version: counted.version },
    },
  ];
}

const countsIn = (item: Item | undefined): FeedbackCounts =>
  (item?.value as FeedbackCounts | undefined) ?? nothingHeard;

/** What was heard of a campaign's messages since they were sent. */
export async function readFeedback(table: Table, id: Slug): Promise<FeedbackCounts> {
  const { pk } = keys.campaignFeedback(id, 0);
  const { items } = await table.query({ table: 'control', pk, prefix: 'feedback#', limit: SLOTS });
  return items.map(countsIn).reduce(addFeedback, nothingHeard);
}
