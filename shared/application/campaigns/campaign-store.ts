import { keys } from '../../contracts/keys.ts';
import type { Campaign } from '../../domain/campaigns/campaign.ts';
import { type CampaignReport, combineReports, emptyReport } from '../../domain/campaigns/report.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { Slug } from '../../domain/kernel/ids.ts';
import type { Item, Table } from '../../ports/table.ts';

/** A campaign and how far it is. Only a draft may be changed. */
export type StoredCampaign =
  | { readonly status: 'draft'; readonly campaign: Campaign; readonly startedAt?: undefined }
  | {
      readonly status: 'running' | 'done';
      readonly campaign: Campaign;
      readonly shards: number;
      readonly startedAt: string;
    };

const MOST_CAMPAIGNS = 1_000;

/** Campaigns are written checked, by the use cases of this folder alone. */
const toStored = ({ value }: Item): StoredCampaign => value as unknown as StoredCampaign;

export async function readCampaign(
  table: Table,
  id: Slug,
): Promise<{ stored: StoredCampaign; version: number }> {
  const item = await table.get(keys.campaign(id));
  if (item === undefined) throw new NotFound('campaign', id);
  return { stored: toStored(item), version: item.version };
}

export async function listCampaigns(table: Table): Promise<readonly StoredCampaign[]> {
  const { items } = await table.query({ table: 'control', pk: 'campaigns', limit: MOST_CAMPAIGNS });
  return items.map(toStored);
}

export interface ReportedCampaign {
  readonly stored: StoredCampaign;
  readonly version: number;
  /** Shards that are finished. */
  readonly done: number;
  /** What they add up to. */
  readonly report: CampaignReport;
}

/** A campaign with the reports of its latest run; those of a run before it are passed over. */
export async function readReport(table: Table, id: Slug): Promise<ReportedCampaign> {
  const { stored, version } = await readCampaign(table, id);
  const { items } = await table.query({
    table: 'control',
    pk: keys.campaignShard(id, 0).pk,
    prefix: 'shard#',
    limit: 1_000,
  });
  const shards = items
    .map(({ value }) => value as unknown as ShardReport)
    .filter(({ startedAt }) => startedAt === stored.startedAt);
  return {
    stored,
    version,
    done: shards.length,
    report: shards.map(({ report }) => report).reduce(combineReports, emptyReport),
  };
}

interface ShardReport {
  /** Of the run it belongs to. */
  readonly startedAt: string | undefined;
  readonly report: CampaignReport;
}

/** Keeps what became of a shard in the latest run; the last shard to finish closes the campaign. */
export async function finishShard(
  table: Table,
  id: Slug,
  shard: number,
  report: CampaignReport,
): Promise<void> {
  const { startedAt } = (await readCampaign(table, id)).stored;
  const value: ShardReport = { startedAt, report };
  await table.commit([{ put: keys.campaignShard(id, shard), value: { ...value } }]);
  const latest = await readReport(table, id);
  if (latest.stored.status !== 'running' || latest.done < latest.stored.shards) return;
  // Somebody who set it running again in this moment changed the version, and closes it later.
  await table.commit([
    { put: keys.campaign(id), value: { ...latest.stored, status: 'done' }, if: { version: latest.version } },
  ]);
}
