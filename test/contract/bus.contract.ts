import { describe, expect, it } from 'vitest';
import type { Message } from '../../shared/contracts/messages.ts';
import { type Consumer, consumers } from '../../shared/contracts/topology.ts';
import type { Bus } from '../../shared/ports/bus.ts';

export interface BusUnderTest {
  readonly bus: Bus;
  /** What has reached a consumer so far, once for each time it came. */
  readonly received: (consumer: Consumer) => Promise<readonly Message[]>;
  /** From now on nothing is taken. */
  readonly break: () => void;
}

const shardDue = (shard: number): Message => ({
  name: 'campaign.shard-due',
  detail: { campaign: 'spring-sale', shard, of: 1_000 },
});
const eventsAccepted: Message = { name: 'events.accepted', detail: { events: [] } };

export function busContract(adapter: string, open: () => Promise<BusUnderTest>): void {
  describe(`${adapter} obeys the bus laws`, () => {
    it('brings every message to each of its consumers and to nobody else', async () => {
      const { bus, received } = await open();

      await bus.publish([eventsAccepted, shardDue(1)]);

      for (const [name, { on }] of Object.entries(consumers)) {
        const expected = [eventsAccepted, shardDue(1)].filter((message) =>
          on.some((heard) => heard === message.name),
        );
        expect(await received(name as Consumer), name).toEqual(expected);
      }
    });

    it('takes many messages, large ones too', async () => {
      const { bus, received } = await open();
      const campaign = 'c'.repeat(59_000);
      const messages = Array.from({ length: 25 }, (_, shard): Message => {
        return { name: 'campaign.shard-due', detail: { campaign, shard, of: 25 } };
      });

      await bus.publish(messages);

      const shards = (await received('campaigns/address-shard')).map(
        ({ detail }) => 'shard' in detail && detail.shard,
      );
      expect(new Set(shards)).toEqual(new Set(messages.keys()));
    });

    it('takes no messages without a sound', async () => {
      const { bus, received } = await open();

      await bus.publish([]);

      expect(await received('campaigns/address-shard')).toEqual([]);
    });

    it('throws when a message was not taken, so that its sender tells it again', async () => {
      const broken = await open();
      broken.break();

      await expect(broken.bus.publish([shardDue(1)])).rejects.toMatchObject({ retryable: true });
      expect(await broken.received('campaigns/address-shard')).toEqual([]);
    });
  });
}
