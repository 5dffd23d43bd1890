import { describe, expect, it } from 'vitest';
import { isProfilePartition, keys, partOf, strangerPartition } from '../../../../shared/contracts/keys.ts';
import { ProfileId } from '../../../../shared/domain/kernel/ids.ts';
import { profile } from '../../../builders/an-event.ts';

const [ada, bob] = [profile('ada'), profile('bob', 'phone')];

describe('keys', () => {
  it('of different things never meet', () => {
    const all = [
      keys.aggregate(ada),
      keys.membership(ada),
      keys.proposal(`two-members.${ada}.${bob}`),
      keys.identityDecision('d'),
      keys.score(ada),
      keys.touch(ada, 'spring'),
      keys.contacts(ada),
      keys.suppression(ada),
      keys.fact(ada, '2026-03-14T10:15:00.000Z', 'x'),
      keys.marker('event/x'),
      keys.personal(ada, 'name'),
      keys.ownerKey(ada),
      keys.sentMessage('spring', ada),
      keys.segment('spring'),
      keys.campaign('spring'),
      keys.campaignShard('spring', 1),
      keys.run('2026-03-14'),
      keys.currentRun(),
      keys.accessKey('d'),
      keys.quarantined('conflict', 'd'),
      partOf(keys.quarantined('conflict', 'd'), 0),
      keys.source('market'),
      keys.secretUse('market', 'd'),
      keys.delivery('market', 'd'),
      keys.quarantineTally('conflict', 'd'),
      keys.discarded('conflict', 'd'),
      keys.householdMember('x', ada),
      keys.outbox('x'),
    ].map(({ table, pk, sk }) => JSON.stringify([table, pk, sk]));

    expect(new Set(all).size).toBe(all.length);
  });

  it('of shards are in the order of their numbers', () => {
    const places = [0, 2, 10, 999].map((shard) => keys.campaignShard('spring', shard).sk);

    expect(places.toSorted()).toEqual(places);
  });

  it('of strangers tell stores with slashes apart, and are no profile’s', () => {
    const places = [strangerPartition('a/b', 'c', '2026-03-14'), strangerPartition('a', 'b/c', '2026-03-14')];

    expect(new Set(places).size).toBe(2);
    expect([...places, 'event/x', strangerPartition('member_', 'x', '')].some(isProfilePartition)).toBe(
      false,
    );
    expect(isProfilePartition(ada)).toBe(true);
  });
});

describe('a profile id', () => {
  it.each([
    `member_${'a'.repeat(26)}`,
    `phone_${'2'.repeat(26)}`,
    `email_${'z7'.repeat(13)}`,
    `device_${'q'.repeat(26)}`,
  ])('is taken: %s', (id) => {
    expect(ProfileId.safeParse(id).success).toBe(true);
  });

  it.each([
    `shop_${'a'.repeat(26)}`,
    `member_${'a'.repeat(25)}`,
    `member_${'1'.repeat(26)}`,
    `Member_${'a'.repeat(26)}`,
    `member_${'a'.repeat(26)}\n`,
  ])('is refused: %j', (id) => {
    expect(ProfileId.safeParse(id).success).toBe(false);
  });
});
