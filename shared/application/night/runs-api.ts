import type * as z from 'zod';
import type { Handlers } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { RunAnswer } from '../../contracts/speaking-schemas.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { Item, Table } from '../../ports/table.ts';

const NEWEST = 100;

/** Answers the endpoints under /v1/runs. */
export const runsApi = ({ table }: { readonly table: Table }): Handlers<'listRuns' | 'getRun'> => ({
  async listRuns() {
    const { items } = await table.query({
      table: 'control',
      pk: keys.run('').pk,
      descending: true,
      limit: NEWEST,
    });
    const current = await table.get(keys.currentRun());
    return {
      body: {
        ...(current === undefined ? {} : { current: String(current.value['asOf']) }),
        runs: items.map(toRun).map(({ report: _one, ...run }) => run),
      },
    };
  },

  async getRun({ params: { asOf } }) {
    const item = await table.get(keys.run(asOf));
    if (item === undefined) throw new NotFound('run', asOf);
    return { body: toRun(item) };
  },
});

const toRun = ({ value }: Item) => value as unknown as z.input<typeof RunAnswer>;
