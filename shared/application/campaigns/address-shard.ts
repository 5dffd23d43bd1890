import type { Messages } from '../../contracts/messages.ts';
import { compileMessage } from '../../domain/campaigns/message.ts';
import { type CampaignReport, combineReports, emptyReport, reportOf } from '../../domain/campaigns/report.ts';
import { calendar } from '../../domain/kernel/day.ts';
import { compileRule } from '../../domain/segments/compile-rule.ts';
import type { CustomerRecord } from '../customers/read-customer.ts';
import { scanCustomers } from '../customers/scan-customers.ts';
import { readSegment } from '../segments/segment-store.ts';
import { addressCustomer, type Prepared, type SpeakingDeps } from './address-customer.ts';
import { finishShard, readCampaign } from './campaign-store.ts';

/** Customers addressed at the same time; their look-ups overlap where the store is a network away. */
const TOGETHER = 16;

/** Goes through one shard of the audience and keeps its report. Doing it again ends in the same report. */
export const addressShard = (deps: SpeakingDeps) => {
  const { table, stage, clock } = deps;
  const dayOf = calendar(stage.zone);
  return async ({ campaign: id, shard, of }: Messages['campaign.shard-due']): Promise<void> => {
    const { status, campaign } = (await readCampaign(table, id)).stored;
    if (status === 'draft') return;
    const rule = campaign.rule ?? (await readSegment(table, campaign.segment)).rule;
    const isMeant = compileRule(rule);
    const prepared: Prepared = { campaign, message: compileMessage(campaign) };
    const today = dayOf(clock());

    let report: CampaignReport = emptyReport;
    let waiting: CustomerRecord[] = [];
    const address = async (): Promise<void> => {
      const outcomes = await Promise.all(
        waiting.map((customer) => addressCustomer(deps, prepared, customer)),
      );
      report = outcomes.map(reportOf).reduce(combineReports, report);
      waiting = [];
    };
    for await (const { profiles, ...customer } of scanCustomers(table, { shard, of })) {
      const view = { ...customer, today };
      if (!isMeant(view)) continue;
      waiting.push({ view, profiles });
      if (waiting.length === TOGETHER) await address();
    }
    await address();

    await finishShard(table, id, shard, report);
  };
};
