import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Known, resolve, type Web } from '../../../../../shared/domain/identity/components.ts';
import type { Decision } from '../../../../../shared/domain/identity/decisions.ts';
import { KEPT_OF_A_KIND, type Link, noLinks, withLink } from '../../../../../shared/domain/identity/links.ts';
import { customerOf, MOST_PROFILES } from '../../../../../shared/domain/identity/membership.ts';
import { IdentitySettings } from '../../../../../shared/domain/identity/settings.ts';
import type { ProfileId } from '../../../../../shared/domain/kernel/ids.ts';
import { profile } from '../../../../builders/an-event.ts';

const rules = IdentitySettings.parse(undefined);
const letters = 'abcdefghijklmnopqrstuvwxyz';
const named = (kind: string, n: number): ProfileId =>
  profile(`x${letters[Math.floor(n / 26)]}${letters[n % 26]}`, kind);

type Seen = readonly [a: ProfileId, b: ProfileId, at: number];

/** What stands after these pairs were seen, in this order, and these decisions taken. */
function webOf(seen: readonly Seen[], decisions: readonly Decision[] = []): Web {
  const web = new Map<ProfileId, Known>();
  const known = (id: ProfileId): Known => web.get(id) ?? { links: noLinks, decisions: [] };
  for (const [a, b, at] of seen) {
    web.set(a, { ...known(a), links: withLink(known(a).links, [b, at, `e${at}`]) });
    web.set(b, { ...known(b), links: withLink(known(b).links, [a, at, `e${at}`]) });
  }
  for (const decision of decisions)
    for (const id of decision.sides.flat())
      web.set(id, { ...known(id), decisions: [...known(id).decisions, decision] });
  return web;
}

/** The profiles of each customer. */
const customersIn = (web: Web): readonly (readonly ProfileId[])[] => {
  const { memberships } = resolve(web, rules);
  return [...memberships]
    .filter(([id, membership]) => customerOf(membership) === id)
    .map(([, membership]) => membership.map(({ id }) => id).sort())
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
};

const [ada, bob, cleo, dora] = [0, 1, 2, 3].map((n) => named('member', n)) as [
  ProfileId,
  ProfileId,
  ProfileId,
  ProfileId,
];
const [phone, mail, device] = [named('phone', 0), named('email', 0), named('device', 0)];

describe('profiles that were seen together', () => {
  it('are one customer, also by way of others; the oldest gives the id, of one age the strongest', () => {
    const web = webOf([
      [phone, mail, 10],
      [ada, mail, 20],
      [ada, device, 20],
    ]);
    const { memberships } = resolve(web, rules);

    expect(memberships.get(device)?.map(({ id }) => id)).toEqual([phone, mail, ada, device]);
    expect(new Set(memberships.values()).size).toBe(1);
  });

  it('with two member numbers stay two, and the number that came first keeps the phone', () => {
    const web = webOf([
      [bob, phone, 20],
      [ada, phone, 10],
    ]);

    expect(customersIn(web)).toEqual([[ada, phone].sort(), [bob]].sort());
    expect(resolve(web, rules).refused).toMatchObject([{ reason: 'two-members', members: [ada, bob] }]);
  });

  it('beyond the most that a customer may have stay apart, the newest of them', () => {
    const seen = Array.from({ length: MOST_PROFILES }, (_, n): Seen => [ada, named('device', n), n]);
    const web = webOf(seen);

    expect(customersIn(web)).toHaveLength(2);
    expect(resolve(web, rules).refused).toMatchObject([
      { pair: [named('device', MOST_PROFILES - 1), ada].sort(), reason: 'too-many-profiles' },
    ]);
  });
});

describe('a link within a customer', () => {
  it('is refused nothing, also of one who has more than half of all profiles', () => {
    const devices = Array.from({ length: 12 }, (_, n): Seen => [ada, named('device', n), n]);
    const web = webOf([...devices, [ada, phone, 20], [ada, mail, 30], [phone, mail, 40]]);

    expect(resolve(web, rules).refused).toEqual([]);
    expect(customersIn(web)).toHaveLength(1);
  });
});

describe('links of one moment', () => {
  it.each([
    ['told in order', [ada, bob]],
    ['told the other way round', [bob, ada]],
  ])('that cannot both join, %s, leave the phone with the same member', (_what, members) => {
    const web = webOf(members.map((one): Seen => [one, phone, 10]));

    expect(customersIn(web)).toEqual([[ada, phone].sort(), [bob]].sort());
  });
});

describe('since when a profile belongs to others', () => {
  it('is when it was joined, not when it was seen with what is shared', () => {
    const kiosk = [ada, bob, cleo, dora].map((one, n): Seen => [one, device, n]);
    const { memberships } = resolve(webOf([...kiosk, [ada, phone, 30]]), rules);

    expect(memberships.get(ada)?.map(({ since }) => Date.parse(since))).toEqual([30, 30]);
  });

  it('is the beginning of time where nothing at all is known of it', () => {
    const { memberships } = resolve(new Map([[ada, { links: noLinks, decisions: [] }]]), rules);

    expect(memberships.get(ada)).toEqual([{ id: ada, since: new Date(0).toISOString() }]);
  });
});

describe('what is shared by many links nobody, those before included', () => {
  it.each([
    ['a phone of three members', phone, [ada, bob, cleo]],
    ['a device of four members', device, [ada, bob, cleo, dora]],
    ['a card that a till uses for everybody', ada, Array.from({ length: 11 }, (_, n) => named('phone', n))],
    ['a mailbox with seven phones', mail, Array.from({ length: 7 }, (_, n) => named('phone', n))],
  ])('%s', (_what, shared, others) => {
    const seen = others.map((other, n): Seen => [shared, other, n]);

    expect(customersIn(webOf(seen.slice(0, -1))).some((one) => one.length > 1)).toBe(true);
    expect(customersIn(webOf(seen)).every((one) => one.length === 1)).toBe(true);
  });

  it('but not a member with a new browser every week', () => {
    const seen = Array.from({ length: 500 }, (_, n): Seen => [ada, named('device', n), n]);
    const web = webOf([[ada, phone, 0], ...seen]);

    expect(web.get(ada)?.links).toHaveLength(1 + KEPT_OF_A_KIND);
    expect(customersIn(web).find((one) => one.includes(ada))).toContain(phone);
  });
});

describe('what people decided', () => {
  const decision = (
    kind: Decision['kind'],
    n: number,
    left: readonly ProfileId[],
    right: readonly ProfileId[],
  ): Decision => ({ id: `d${n}`, kind, at: new Date(n).toISOString(), sides: [left, right] });

  it('to keep apart hinders nobody else', () => {
    const seen: Seen[] = [
      [ada, phone, 10],
      [ada, mail, 20],
      [bob, device, 30],
    ];
    const web = webOf(seen, [decision('apart', 40, [ada], [phone])]);

    expect(customersIn(web)).toEqual([[ada, mail].sort(), [bob, device].sort(), [phone]].sort());
  });

  it('keeps apart also those who would meet by way of a third, from whichever side', () => {
    const seen: Seen[] = [
      [mail, phone, 10],
      [ada, mail, 20],
    ];
    const web = webOf(seen, [decision('apart', 30, [ada], [phone])]);

    expect(customersIn(web)).toEqual([[ada], [mail, phone].sort()].sort());
    expect(resolve(web, rules).refused).toMatchObject([{ reason: 'kept-apart' }]);
    expect(resolve(web, rules).refused[0]).not.toHaveProperty('members');
  });

  it('on a customer of several numbers asks about the first of them, however they came together', () => {
    const numbers = [decision('together', 1, [mail], [bob]), decision('together', 2, [mail], [ada])];
    const web = webOf(
      [
        [cleo, phone, 10],
        [phone, mail, 20],
      ],
      numbers,
    );

    expect(resolve(web, rules).refused).toMatchObject([{ reason: 'two-members', members: [ada, cleo] }]);
  });

  it('on members leaves the question of too many profiles without them', () => {
    const full = Array.from({ length: MOST_PROFILES - 1 }, (_, n): Seen => [ada, named('device', n), n]);
    const web = webOf([...full, [bob, phone, 50], [ada, phone, 60]], [decision('apart', 70, [cleo], [bob])]);

    expect(resolve(web, rules).refused).toEqual([
      { pair: [ada, phone].sort(), at: 60, event: 'e60', reason: 'too-many-profiles' },
    ]);
  });

  it('joins two members, and no third by way of their phone', () => {
    const seen: Seen[] = [
      [ada, phone, 10],
      [bob, phone, 20],
      [cleo, mail, 10],
      [bob, mail, 20],
    ];
    const web = webOf(seen, [decision('together', 30, [ada, phone], [bob])]);

    expect(customersIn(web)).toEqual([[ada, bob, phone].sort(), [cleo, mail].sort()].sort());
  });

  it('by two people at once, who together join too many: the earlier counts', () => {
    const web = webOf(
      [],
      [
        decision('together', 31, [ada], [cleo]),
        decision('together', 30, [ada], [bob]),
        ...Array.from({ length: MOST_PROFILES - 2 }, (_, n) =>
          decision('together', n, [ada], [named('device', n)]),
        ),
      ],
    );

    const customer = customersIn(web).find((one) => one.includes(ada));
    expect(customer).toHaveLength(MOST_PROFILES);
    expect(customer).toContain(bob);
    expect(customersIn(web)).toContainEqual([cleo]);
  });

  it('leaves somebody alone who was never seen with anybody, since it was decided', () => {
    const { memberships } = resolve(webOf([], [decision('apart', 30, [ada], [bob])]), rules);

    expect(memberships.get(ada)).toEqual([{ id: ada, since: '1970-01-01T00:00:00.030Z' }]);
  });

  it('keeps apart what was seen together, until somebody says otherwise', () => {
    const apart = decision('apart', 30, [ada], [phone]);

    expect(customersIn(webOf([[ada, phone, 10]], [apart]))).toHaveLength(2);
    expect(resolve(webOf([[ada, phone, 10]], [apart]), rules).refused).toMatchObject([
      { reason: 'kept-apart' },
    ]);
    expect(
      customersIn(webOf([[ada, phone, 10]], [apart, decision('together', 40, [ada], [phone])])),
    ).toHaveLength(1);
  });
});

describe('the order in which links arrive', () => {
  const kinds = ['member', 'phone', 'email', 'device'];
  const id = fc
    .tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 4 }))
    .map(([kind, n]) => named(kind, n));
  const seen = fc
    .tuple(id, id, fc.integer({ min: 0, max: 50 }))
    .filter(([a, b]) => a !== b && !(a.startsWith('member') && b.startsWith('member')))
    .map((pair): Seen => pair);

  it('and how often they do, makes no difference to who is one customer', () => {
    const story = fc
      .array(seen, { minLength: 1, maxLength: 40 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      );
    fc.assert(
      fc.property(story, ([all, again]) => {
        expect(resolve(webOf(again), rules).memberships).toEqual(
          new Map(
            [...webOf(again).keys()].map((one) => [one, resolve(webOf(all), rules).memberships.get(one)]),
          ),
        );
      }),
    );
  });

  it('makes none to what is kept of them, however many there are', () => {
    const many = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 })), {
      maxLength: 120,
    });
    const keptOf = (links: readonly (readonly [number, number])[]) =>
      links.map(([n, at]): Link => [named('phone', n), at, 'e']).reduce(withLink, noLinks);
    fc.assert(
      fc.property(many, (links) => {
        expect(keptOf(links.toReversed())).toEqual(keptOf(links));
      }),
    );
  });
});
