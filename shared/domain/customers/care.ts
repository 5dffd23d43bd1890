import { type Day, MILLIS_PER_DAY } from '../kernel/day.ts';
import type { Aggregate } from './aggregate.ts';
import type { Latest } from './latest.ts';
import type { Answers, Asked, Case } from './service.ts';

export const careLevels = ['normal', 'attention', 'high'] as const;
export type CareLevel = (typeof careLevels)[number];

/** Why, the most urgent first. */
export const careReasons = [
  'complaint-open',
  'complaint-waiting',
  'complaint-lately',
  'low-score',
  'ticket-waiting',
] as const;
export type CareReason = (typeof careReasons)[number];

export interface Care {
  readonly level: CareLevel;
  readonly reasons: readonly CareReason[];
}

/** Days after which things weigh more, less, or nothing. */
export interface CareRules {
  /** An open complaint that nobody closes is high for so long, then wants attention, then is forgotten. */
  readonly complaintHighDays: number;
  readonly complaintDays: number;
  /** Who complained wants attention for so long, even when it was settled at once. */
  readonly afterComplaintDays: number;
  /** A ticket that is open for longer wants attention, until it is forgotten. */
  readonly ticketAfterDays: number;
  readonly ticketDays: number;
  /** At or below it an answer is low, and for how long. */
  readonly low: Readonly<Record<Asked, number>>;
  readonly lowScoreDays: number;
}

export const careDefaults: CareRules = {
  complaintHighDays: 30,
  complaintDays: 180,
  afterComplaintDays: 14,
  ticketAfterDays: 3,
  ticketDays: 90,
  low: { nps: 6, csat: 2, ces: 3, review: 2 },
  lowScoreDays: 60,
};

type Served = Pick<Aggregate, 'tickets' | 'complaints' | 'complainedAt' | 'feedback'>;

/** How carefully to treat a customer on a day. It decays by itself: nobody has to clear it. */
export function careOf(
  { tickets, complaints, complainedAt, feedback }: Served,
  today: Day,
  rules: CareRules = careDefaults,
): Care {
  const daysSince = (at: string): number => Math.max(0, today - Math.floor(Date.parse(at) / MILLIS_PER_DAY));
  const complaintReason = ({ at, step, severity }: Case): CareReason | undefined => {
    if (daysSince(at) >= rules.complaintDays) return undefined;
    const isHigh = step === 'open' && severity !== 'low' && daysSince(at) < rules.complaintHighDays;
    return isHigh ? 'complaint-open' : 'complaint-waiting';
  };
  const waits = ({ at }: Case): boolean =>
    daysSince(at) > rules.ticketAfterDays && daysSince(at) < rules.ticketDays;
  const isLow = ([asked, { score, at }]: [string, Answers]): boolean =>
    score <= rules.low[asked as Asked] && daysSince(at) < rules.lowScoreDays;

  const complainedLately = complainedAt !== undefined && daysSince(complainedAt) < rules.afterComplaintDays;
  const found = new Set([
    ...openOf(complaints).map(complaintReason),
    complainedLately ? ('complaint-lately' as const) : undefined,
    Object.entries(feedback).some(isLow) ? ('low-score' as const) : undefined,
    openOf(tickets).some(waits) ? ('ticket-waiting' as const) : undefined,
  ]);
  const reasons = careReasons.filter((reason) => found.has(reason));
  return { level: levelOf(reasons), reasons };
}

const levelOf = ([first]: readonly CareReason[]): CareLevel => {
  if (first === undefined) return 'normal';
  return first === 'complaint-open' ? 'high' : 'attention';
};

const openOf = (cases: Latest<Case>): readonly Case[] =>
  Object.values(cases).filter(({ step }) => step !== 'closed');

export const openTickets = ({ tickets }: Pick<Aggregate, 'tickets'>): number => openOf(tickets).length;
export const openComplaints = ({ complaints }: Pick<Aggregate, 'complaints'>): number =>
  openOf(complaints).length;

/** Somebody complained of something grave and was not called yet. */
export interface WaitsForCall {
  readonly ticket: string;
  readonly since: string;
}

export const waitingForCall = ({ complaints }: Pick<Aggregate, 'complaints'>): readonly WaitsForCall[] =>
  Object.entries(complaints)
    .filter(([, { step, severity }]) => step === 'open' && severity === 'high')
    .map(([ticket, { at }]) => ({ ticket, since: at }))
    .sort((a, b) => (a.since === b.since ? (a.ticket < b.ticket ? -1 : 1) : a.since < b.since ? -1 : 1));
