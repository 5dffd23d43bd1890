import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Amount, KeyLabel, keyOf, Sequence } from './receipt.ts';

const MOST_RECEIPTS = 100_000;

export const tillClosed = defineEvent({
  type: 'till.closed',
  class: 'fact',
  summary:
    'A till was closed and says what it did on a business day: what came of it is compared, and differences are named.',
  version: 1,
  data: z
    .looseObject({
      store: KeyLabel,
      terminal: KeyLabel.default('1'),
      /** The business day that was closed. */
      day: z.iso.date(),
      /** Where a till is closed several times a day: 1, 2, 3. What the closes of a day say is added up. */
      shift: z.int().min(1).max(20).default(1),
      /** Of a close that was told wrongly and is told again, 1, 2, 3: the highest counts. */
      revision: z.int().min(1).max(1_000).optional(),
      /** Sales and returns that were written, each receipt once; voided ones are not among them. */
      receipts: z.int().min(0).max(MOST_RECEIPTS),
      /** What was paid for them, and paid out, minor units. */
      sales: Amount,
      returns: Amount.default(0),
      /** The first and last number of the till's count, which tell the receipts of a day better than midnight. */
      firstSequence: Sequence.optional(),
      lastSequence: Sequence.optional(),
      currency: z.string().length(3).optional(),
    })
    .refine(
      ({ firstSequence, lastSequence }) => (firstSequence === undefined) === (lastSequence === undefined),
      { path: ['firstSequence'], error: 'and lastSequence come together, or neither' },
    )
    .refine(
      ({ firstSequence = 1, lastSequence = 1 }) =>
        firstSequence <= lastSequence && lastSequence - firstSequence < MOST_RECEIPTS,
      {
        path: ['lastSequence'],
        error: `must not be before firstSequence, nor ${MOST_RECEIPTS} and more after it`,
      },
    ),
  namedBy: 'store, terminal, day, shift and revision name it',
  naturalKey: ({ store, terminal, day, shift, revision = [] }) =>
    keyOf('close', store, terminal, day, shift, ...[revision].flat()),
  sample: {
    store: 'ams-01',
    terminal: 'till-3',
    day: '2026-03-14',
    receipts: 212,
    sales: 584_220,
    returns: 3_998,
    firstSequence: 70_412,
    lastSequence: 70_627,
  },
});
