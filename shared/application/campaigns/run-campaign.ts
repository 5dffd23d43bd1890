import { keys } from '../../contracts/keys.ts';
import type { Messages } from '../../contracts/messages.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { Conflict } from '../../domain/kernel/errors.ts';
import type { Slug } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { MOST_WRITES, type Table, type Write } from '../../ports/table.ts';
import { readCampaign, type StoredCampaign } from './campaign-store.ts';

interface Deps {
  readonly table: Table;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

/** Carried within seconds; a week is for whoever has to look into what was not. */
const OUTBOX_SECONDS = 7 * 24 * 3_600;

/**
 * Sets a campaign running: its state and the messages that address each shard are one commit. Running it
 * again goes through the audience again; the ledger keeps anybody from being written to twice.
 */
export const runCampaign =
  ({ table, clock, stage }: Deps) =>
  async (id: Slug): Promise<StoredCampaign> => {
    const { stored, version } = await readCampaign(table, id);
    // The state and a message per shard share one commit.
    const shards = Math.min(stage.shards, MOST_WRITES - 1);
    const startedAt = clock();
    const expires = Math.floor(Date.parse(startedAt) / 1_000) + OUTBOX_SECONDS;
    const running: StoredCampaign = { status: 'running', campaign: stored.campaign, shards, startedAt };
    const messages = Array.from({ length: shards }, (_, shard): Write => {
      const detail: Messages['campaign.shard-due'] = { campaign: id, shard, of: shards };
      return {
        put: keys.outbox(`${id}#${startedAt}#${shard}`),
        value: { name: 'campaign.shard-due', detail },
        expires,
      };
    });
    const begun = await table.commit([
      { put: keys.campaign(id), value: { ...running }, if: { version } },
      ...messages,
    ]);
    if (!begun.ok)
      throw new Conflict(`campaign '${id}' was changed by somebody else in this moment; look at it again`);
    return running;
  };
