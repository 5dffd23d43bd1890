import { careDefaults } from '../../shared/domain/customers/care.ts';
import { lifecycleDefaults } from '../../shared/domain/insight/lifecycle.ts';
import type { Lifecycle } from '../../shared/domain/insight/score.ts';

type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

const { dormantAfterDays, lostAfterDays, atRiskOverRhythm, atRiskAfterDays, loyal, wonBackWithinDays } =
  lifecycleDefaults;

/** In the order in which they are tried. */
export const stagesInWords: Readonly<Record<Lifecycle, string>> = {
  lead: 'never ordered',
  lost: `no order for ${lostAfterDays} days`,
  dormant: `no order for ${dormantAfterDays} days`,
  'won-back': `ordered at most ${wonBackWithinDays} days ago, ${dormantAfterDays} days or more after the time before`,
  'at-risk': `no order for ${atRiskAfterDays} days, and for ${atRiskOverRhythm} times as long as usual for them`,
  'first-purchase': 'ordered on one day so far',
  loyal: `ordered on ${loyal.orderDays} days, the last at most ${loyal.withinDays} days ago, and did not bring back more than they bought`,
  repeat: 'everybody else',
};

export const stagesSection = (table: Table): readonly string[] => [
  '## Lifecycle stages',
  'The first that fits, from the top. Days are those of the zone, and the stage is as of today, whatever night there was last. What was voided was no order; what is brought back stays one.',
  table(['Stage', 'Is who'], Object.entries(stagesInWords)),
];

const {
  complaintHighDays,
  complaintDays,
  afterComplaintDays,
  ticketAfterDays,
  ticketDays,
  low,
  lowScoreDays,
} = careDefaults;

export const careSection = (table: Table): readonly string[] => [
  '## Care',
  'The highest of all that holds; it goes by itself as time passes. Days are counted by UTC dates here.',
  table(
    ['Care', 'Because', 'Is who'],
    [
      [
        'high',
        'complaint-open',
        `complained less than ${complaintHighDays} days ago, of more than low severity, and was neither called back nor closed`,
      ],
      [
        'attention',
        'complaint-waiting',
        `has another complaint that is not closed, of the last ${complaintDays} days`,
      ],
      ['attention', 'complaint-lately', `complained in the last ${afterComplaintDays} days, closed or not`],
      [
        'attention',
        'low-score',
        `last answered NPS ${low.nps}, CSAT ${low.csat}, CES ${low.ces} or rated ${low.review} at most, in the last ${lowScoreDays} days`,
      ],
      [
        'attention',
        'ticket-waiting',
        `has a ticket open for more than ${ticketAfterDays} days, up to ${ticketDays}`,
      ],
    ],
  ),
];
