import type { DynamoLocal } from '../../test/support/dynamo-local.ts';
import { formatted, type Line } from '../kit/line.ts';
import { assumed, reference } from './reference.ts';
import { type Column, line, perMillion, plumbing } from './report.ts';
import { emails } from './scenes/emails.ts';
import { idleMonth } from './scenes/idle.ts';
import { nightUsage } from './scenes/night.ts';
import { people } from './scenes/people.ts';
import { type Habit, receipts, type Slice } from './scenes/receipts.ts';
import { signals } from './scenes/signals.ts';
import { type MeasuredStage, openStage } from './scenes/stage.ts';
import type { Deployed } from './template.ts';
import { dollarsOf, only, plus, times } from './usage.ts';

export interface Measuring {
  readonly local: DynamoLocal;
  readonly deployed: Deployed;
  readonly quick: boolean;
}

export interface Found {
  readonly lines: readonly Line[];
  readonly columns: readonly Column[];
  readonly written: MeasuredStage['written'];
}

/** Budgets of the architecture, dollars. */
const budgets = { receipts: 6, signals: 0.6, night: 0.2 } as const;
const A_MILLION = '$/million';

export const sceneNames = ['receipts', 'signals', 'night', 'emails', 'idle'] as const;
export type SceneName = (typeof sceneNames)[number];

export const scenes: Readonly<Record<SceneName, (measuring: Measuring) => Promise<Found>>> = {
  receipts: receiptsFound,
  signals: signalsFound,
  night: nightFound,
  emails: emailsFound,
  idle: idleFound,
};

/** Gives a scene a stage of its own, so that none pays for the items of another. */
async function onStage<T>(
  { local, deployed }: Measuring,
  shards: number,
  work: (stage: MeasuredStage) => Promise<T>,
): Promise<T & Pick<Found, 'written'>> {
  const stage = await openStage(local, deployed, shards);
  try {
    return { ...(await work(stage)), written: stage.written };
  } finally {
    stage.close();
  }
}

const { stores } = reference.chain;

async function receiptsFound(measuring: Measuring): Promise<Found> {
  const { quick } = measuring;
  const through = (habit: Habit, counted: Slice, timed: Slice) =>
    onStage(measuring, 1, (stage) => receipts(stage, people(stage), habit, counted, timed));
  const minutes = (count: number): Slice => ({ stores, minutes: count });
  const some = (count: number): Slice => ({ stores: count, minutes: 20 });

  const asSent = await through(
    { batch: 'minute', withIds: false },
    minutes(quick ? 4 : 10),
    minutes(quick ? 1 : 3),
  );
  const single = await through({ batch: 1, withIds: false }, minutes(quick ? 1 : 2), minutes(1));
  const fifty = await through({ batch: 50, withIds: false }, some(quick ? 5 : 25), some(5));
  const named = await through({ batch: 'minute', withIds: true }, minutes(quick ? 1 : 2), minutes(1));
  const logs = { keptLogBytes: (perMillion(asSent).logBytes ?? 0) * assumed.logMonths };
  const kept = plus(times(asSent.kept, 1_000_000 / asSent.things), logs);
  const calls = `${reference.chain.receiptsACall} a call`;
  return {
    lines: [
      line('receipts', `as a store sends them, some ${calls}`, perMillion(asSent), {
        unit: A_MILLION,
        atMost: budgets.receipts,
        note: `${asSent.things} receipts counted`,
      }),
      line('receipts', 'one by one', perMillion(single), { unit: A_MILLION }),
      line('receipts', 'in batches of 50', perMillion(fifty), { unit: A_MILLION }),
      line('receipts', `some ${calls}, with an id beside the receipt number`, perMillion(named), {
        unit: A_MILLION,
        note: 'a name more to be written for each',
      }),
      line('receipts', 'kept for a month', kept, {
        unit: '$/million and month',
        note: 'tables with point-in-time recovery, archive, logs',
      }),
    ],
    columns: [
      { name: 'receipts', usage: perMillion(asSent) },
      { name: 'receipts one by one', usage: perMillion(single) },
      { name: 'receipts by 50', usage: perMillion(fifty) },
      { name: 'receipts with ids', usage: perMillion(named) },
    ],
    written: asSent.written,
  };
}

async function signalsFound(measuring: Measuring): Promise<Found> {
  const { quick } = measuring;
  const { signalsACall } = reference.shop;
  const through = (perCall: number, counted: number, timed: number) =>
    onStage(measuring, 1, (stage) => signals(stage, people(stage), perCall, { counted, timed }));
  const together = await through(signalsACall, quick ? 120 : 600, quick ? 30 : 90);
  const single = await through(1, quick ? 8 : 30, 8);
  return {
    lines: [
      line('signals', `${signalsACall} of one visitor a call`, perMillion(together), {
        unit: A_MILLION,
        atMost: budgets.signals,
        note: `${together.things} signals counted`,
      }),
      line('signals', 'one by one', perMillion(single), { unit: A_MILLION }),
    ],
    columns: [
      { name: 'signals', usage: perMillion(together) },
      { name: 'signals one by one', usage: perMillion(single) },
    ],
    written: together.written,
  };
}

async function nightFound(measuring: Measuring): Promise<Found> {
  const customers = measuring.quick ? 800 : 2_500;
  const { shards } = reference.night;
  const { usage, written } = await onStage(measuring, shards, async (stage) => ({
    usage: await nightUsage(stage, people(stage), measuring.deployed, customers),
  }));
  return {
    lines: [
      line('night', 'one million customers', usage, {
        unit: '$/night',
        atMost: budgets.night,
        note: `${customers} customers counted`,
      }),
    ],
    columns: [{ name: 'customers a night', usage }],
    written,
  };
}

async function emailsFound(measuring: Measuring): Promise<Found> {
  const members = measuring.quick ? 300 : 1_000;
  const sent = await onStage(measuring, reference.campaign.shards, (stage) =>
    emails(stage, people(stage), members),
  );
  const usage = perMillion(sent);
  return {
    lines: [
      line('e-mail', 'the way to SES', plumbing(usage), {
        unit: A_MILLION,
        note: `SES itself takes ${formatted(dollarsOf(only(usage, ['emails'])))} $; ${sent.things} messages counted, to those of ${members} members who want them`,
      }),
    ],
    columns: [{ name: 'e-mails', usage }],
    written: sent.written,
  };
}

async function idleFound({ deployed }: Measuring): Promise<Found> {
  const usage = idleMonth(deployed);
  const { alarms, dashboards, secrets, metrics, polledQueues } = deployed;
  return {
    lines: [
      line('idle', 'a month without anybody', usage, {
        unit: '$/month',
        note: `${alarms} alarms, ${dashboards} dashboard, ${secrets} secret, ${metrics} custom metrics, ${polledQueues} queues that are asked, 30 empty nights`,
      }),
    ],
    columns: [{ name: 'an idle month', usage }],
    written: new Map(),
  };
}
