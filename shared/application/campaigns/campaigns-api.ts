import type * as z from 'zod';
import type { Handlers } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { CampaignAnswer, OutboxAnswer } from '../../contracts/speaking-schemas.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { Campaign } from '../../domain/campaigns/campaign.ts';
import { complaint } from '../../domain/kernel/complaint.ts';
import { Conflict } from '../../domain/kernel/errors.ts';
import type { Slug } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { sightOfCaller } from '../customers/sight-of-caller.ts';
import { readSegment } from '../segments/segment-store.ts';
import { listCampaigns, readCampaign, readReport, type StoredCampaign } from './campaign-store.ts';
import { readOutbox } from './read-outbox.ts';
import { runCampaign } from './run-campaign.ts';
import { readFeedback } from './take-feedback.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

/** Answers the endpoints under /v1/campaigns. */
export const campaignsApi = (
  deps: Deps,
): Handlers<
  'listCampaigns' | 'getCampaign' | 'putCampaign' | 'runCampaign' | 'reportCampaign' | 'readOutbox'
> => {
  const { table } = deps;
  const run = runCampaign(deps);
  return {
    listCampaigns: async () => ({ body: { campaigns: (await listCampaigns(table)).map(toAnswer) } }),

    getCampaign: async ({ params }) => ({ body: toAnswer((await readCampaign(table, params.id)).stored) }),

    putCampaign: async ({ params: { id }, body }) => ({ body: toAnswer(await write(table, id, body)) }),

    runCampaign: async ({ params }) => ({ body: toAnswer(await run(params.id)) }),

    async reportCampaign({ params: { id } }) {
      const { stored, done, report } = await readReport(table, id);
      const of = stored.status === 'draft' ? 0 : stored.shards;
      return {
        body: {
          campaign: id,
          status: stored.status,
          shards: { done, of },
          ...report,
          refused: { ...report.refused },
          feedback: await readFeedback(table, id),
        },
      };
    },

    async readOutbox({ params: { id }, query, caller }) {
      await readCampaign(table, id);
      const page = await readOutbox(deps, id, query, sightOfCaller(caller));
      return { body: page satisfies z.input<typeof OutboxAnswer> };
    },
  };
};

async function write(table: Table, id: Slug, body: object): Promise<StoredCampaign> {
  const parsed = Campaign.safeParse({ ...body, id });
  if (!parsed.success) throw complaint(parsed.error, [], 'the campaign');
  const campaign = parsed.data;
  if (campaign.segment !== undefined) await readSegment(table, campaign.segment);
  const before = await table.get(keys.campaign(id));
  const draft: StoredCampaign = { status: 'draft', campaign };
  const isDraft = before === undefined || before.value['status'] === 'draft';
  const { ok } = isDraft
    ? await table.commit([
        {
          put: keys.campaign(id),
          value: { ...draft },
          if: before === undefined ? 'absent' : { version: before.version },
        },
      ])
    : { ok: false };
  if (!ok)
    throw new Conflict(`campaign '${id}' has been run and stays as it was; write a new one under another id`);
  return draft;
}

const toAnswer = ({ campaign, ...state }: StoredCampaign): z.input<typeof CampaignAnswer> => ({
  ...campaign,
  ...state,
});
