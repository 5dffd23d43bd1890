import * as z from 'zod';

const Count = z.int().min(0);

/** What became of an audience. Refusals are counted by reason; a claim that was never answered is one of them. */
export const CampaignReport = z.object({
  audience: Count,
  sent: Count,
  heldOut: Count,
  refused: z.record(z.string(), Count).readonly(),
});
export type CampaignReport = Readonly<z.infer<typeof CampaignReport>>;

/** How it ended for one customer of the audience. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'held-out' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The zero of `combineReports`. */
export const emptyReport: CampaignReport = { audience: 0, sent: 0, heldOut: 0, refused: {} };

/** The report of one customer alone: counting is adding these up. */
export const reportOf = (outcome: Outcome): CampaignReport => ({
  audience: 1,
  sent: outcome.kind === 'sent' ? 1 : 0,
  heldOut: outcome.kind === 'held-out' ? 1 : 0,
  refused: outcome.kind === 'refused' ? { [outcome.reason]: 1 } : {},
});

/** Adds the reports of two parts of an audience, in any order and grouping. */
export function combineReports(a: CampaignReport, b: CampaignReport): CampaignReport {
  const refused = new Map(Object.entries(a.refused));
  for (const [reason, count] of Object.entries(b.refused))
    refused.set(reason, (refused.get(reason) ?? 0) + count);
  return {
    audience: a.audience + b.audience,
    sent: a.sent + b.sent,
    heldOut: a.heldOut + b.heldOut,
    refused: Object.fromEntries(refused),
  };
}

/** Nobody is lost: everybody in the audience was written to, held out, or refused for a reason. */
export const addsUp = ({ audience, sent, heldOut, refused }: CampaignReport): boolean =>
  audience === Object.values(refused).reduce((sum, count) => sum + count, sent + heldOut);
