import { keys } from '../../contracts/keys.ts';
import type { Campaign } from '../../domain/campaigns/campaign.ts';
import { type CampaignReport, combineReports, emptyReport } from '../../domain/campaigns/report.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { Slug } from '../../domain/kernel/ids.ts';
import type { Item, Table } from '../../ports/table.ts';

/** A campaign and how far it is. Only a draft may be changed. */
export type StoredCampaign =
  | { readonly status: 'draft'; readonly campaign: Campaign }
  | { readonly status: 'running' | 'done'; readonly campaign: Campaign; readonly shards: number; readonly startedAt: string };

const MOST_CAMPAIGNS = 1_000;

/** Campaigns are written checked, by the use cases of this folder alone. */
const toStored = ({ value }: Item): StoredCampaign => value as unknown as StoredCampaign;

export async function readCampaign(table: Table, id: Slug): Promise<{ stored: StoredCampaign; version: number }> {
  const item = await table.get(keys.campaign(id));
  if (item === undefined) throw new NotFound('campaign', id);
  return { stored: toStored(item), version: item.version };
}

export async function listCampaigns(table: Table): Promise<readonly StoredCampaign[]> {
  const { items } = await table.query({ table: 'control', pk: 'campaigns', limit: MOST_CAMPAIGNS });
  return items.map(toStored);
}

/** What the finished shards add up to. */
export async function readReport(table: Table, id: Slug): Promise<{ done: number; report: CampaignReport }> {
  const { items } = await table.query({ table: 'control', pk: keys.campaignShard(id, 0).pk, limit: 1_000 });
  const reports = items.map(({ value }) => value as unknown as CampaignReport);
  return { done: items.length, report: reports.reduce(combineReports, emptyReport) };
}
