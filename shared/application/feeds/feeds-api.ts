import type { Handlers } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { daysBefore } from '../../domain/kernel/day.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import { clockOf } from '../../domain/kernel/hour.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { closeAnswer, storeAnswer, usualWeek } from './feed-answers.ts';
import { closesOf } from './feed-items.ts';
import { feedIn } from './stored-feed.ts';

interface Deps {
  readonly table: Table;
  readonly stage: StageSettings;
  readonly clock: Clock;
}

/** Closes that a list looks at, and those that stay. */
const RECENT_DAYS = 7;
const KEPT_DAYS = 45;
const MOST_CLOSES = 400;
/** Ranges named of a till, in the list and alone. */
const FEW_RANGES = 5;
const MANY_RANGES = 200;

/** Answers the endpoints under /v1/feeds. */
export function feedsApi({ table, stage, clock }: Deps): Handlers<'listFeeds' | 'getFeed'> {
  const hourOf = clockOf(stage.zone);
  const momentNow = () => {
    const now = clock();
    return { now, today: hourOf(now).day, hourOf };
  };

  return {
    async listFeeds({ query: { limit, cursor } }) {
      const moment = momentNow();
      const page = await table.query({ table: 'control', pk: keys.feed('').pk, limit, cursor });
      const week = { from: daysBefore(moment.today, RECENT_DAYS), to: moment.today };
      const feeds = await Promise.all(
        page.items.map(async (item) => {
          const store = item.sk.slice(keys.feed('').sk.length);
          const { closes } = await closesOf(table, store, week, { limit: MOST_CLOSES });
          const differing = closes.map(closeAnswer).filter(({ reconciled }) => !reconciled);
          return storeAnswer(store, feedIn(item), differing, { ...moment, ranges: FEW_RANGES });
        }),
      );
      return { body: { feeds, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) } };
    },

    async getFeed({ params: { store }, query: { limit, cursor } }) {
      const moment = momentNow();
      const item = await table.get(keys.feed(store));
      if (item === undefined) throw new NotFound('feed of a store', store);
      const days = { from: daysBefore(moment.today, KEPT_DAYS), to: moment.today };
      const page = await closesOf(table, store, days, { limit, cursor });
      const feed = feedIn(item);
      const answer = storeAnswer(store, feed, page.closes.map(closeAnswer), {
        ...moment,
        ranges: MANY_RANGES,
      });
      return {
        body: {
          ...answer,
          usualHours: usualWeek(feed.hours, moment.hourOf(answer.heardAt).day),
          ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
        },
      };
    },
  };
}
