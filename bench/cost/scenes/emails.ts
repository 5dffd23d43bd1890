import { outboxFunction } from '../../../functions/_shell/outbox.ts';
import { queueFunction } from '../../../functions/_shell/queue.ts';
import { addressShard } from '../../../shared/application/campaigns/address-shard.ts';
import { keys } from '../../../shared/contracts/keys.ts';
import type { Slug } from '../../../shared/domain/kernel/ids.ts';
import type { Write } from '../../../shared/ports/table.ts';
import { memberEmail } from '../../generated/members.ts';
import { reference } from '../reference.ts';
import { asOneShard, fill, memberId, type People, putAggregate } from './people.ts';
import type { Measured, MeasuredStage } from './stage.ts';

const sentence = 'Dear {{ name | default: "customer" }}, this week in your shop. ';

const campaignOf = (id: Slug) => ({
  id,
  name: 'A week of spring',
  channel: 'email',
  rule: { everyone: true },
  template: {
    subject: 'This week, {{ name | default: "dear customer" }}',
    body: `<p>${sentence.repeat(Math.ceil(reference.campaign.bodyBytes / sentence.length))}</p><p>{{ unsubscribe }}</p>`,
  },
  holdout: 0,
  purpose: 'marketing',
  duplicates: 'at-most-once',
});

/** Members with a name and an e-mail address in the vault. */
async function fillMembers(stage: MeasuredStage, known: People, members: number): Promise<void> {
  const { keyring, table } = stage.plain;
  const writes: Write[] = [];
  for (let n = 0; n < members; n += 1) {
    const id = memberId(stage, n);
    const sealed = async (field: string, text: string): Promise<Write> => ({
      put: keys.personal(id, field),
      value: { sealed: await keyring.seal(id, text), at: stage.clock() },
    });
    writes.push(
      putAggregate(id, known.aggregateOf(n)),
      await sealed('email', memberEmail(n)),
      await sealed('name', `Member Number ${n}`),
    );
  }
  await fill(table, writes);
}

/** A broadcast to everybody who wants it, from the outbox to SES; the things are messages. */
export async function emails(stage: MeasuredStage, known: People, members: number): Promise<Measured> {
  const { table, bus, lambda, queues, senders, clock, settings, tally } = stage;
  const address = addressShard({
    table: asOneShard(table),
    keyring: stage.keyring(),
    senders,
    clock,
    stage: settings,
  });
  const relay = outboxFunction((messages) => bus.publish(messages));
  const consumer = queueFunction('campaigns/address-shard', () => async (details) => {
    for (const detail of details) await address(detail);
  });

  /** One shard of the campaign; what it sent is the number of messages. */
  const through = async (id: Slug): Promise<number> => {
    const startedAt = clock();
    await fill(stage.plain.table, [
      {
        put: keys.campaign(id),
        value: { status: 'running', campaign: campaignOf(id), shards: reference.campaign.shards, startedAt },
      },
    ]);
    const detail = { campaign: id, shard: 0, of: reference.campaign.shards };
    await table.commit([
      { put: keys.outbox(`${id}#0`), value: { name: 'campaign.shard-due', detail }, expires: 2_000_000_000 },
    ]);
    const value = JSON.stringify({ name: 'campaign.shard-due', detail });
    await lambda.invoke('outbox/relay-messages', relay, {
      Records: [
        {
          eventName: 'INSERT',
          dynamodb: {
            SequenceNumber: '1',
            NewImage: { pk: { S: id }, sk: { S: 'message' }, version: { N: '1' }, value: { S: value } },
          },
        },
      ],
    });
    for (const { bodies } of queues.due(Number.POSITIVE_INFINITY)) {
      await lambda.invoke('campaigns/address-shard', consumer, {
        Records: bodies.map((body, index) => ({ messageId: String(index), body })),
      });
    }
    const report = await stage.plain.table.get(keys.campaignShard(id, 0));
    const sent = (report?.value['report'] as { sent?: number } | undefined)?.sent ?? 0;
    if (sent === 0) throw new Error('The campaign sent nothing');
    return sent;
  };

  await fillMembers(stage, known, members);
  tally.take();
  return stage.measure(
    () => through('counted' as Slug),
    () => through('timed' as Slug),
  );
}
