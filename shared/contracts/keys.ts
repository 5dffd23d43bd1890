import { type CustomerId, kindOf, type ProfileId, type Slug } from '../domain/kernel/ids.ts';
import type { Key } from './key.ts';

/** Raised when what was written before can no longer be read as it stands: an older version must not run over it. */
// 2: the marker of a sale leads to its fact, without which returns would wait for it for ever; links stand with the
// membership they lead to.
export const LAYOUT = 2;

/**
 * What stands under which key. Everything of a profile stands in one partition, so the night finds it
 * together; facts and personal data have tables of their own, so the night does not read them.
 */
export const keys = {
  // customers: one partition a profile
  aggregate: (subject: string): Key => ({ table: 'customers', pk: subject, sk: 'aggregate' }),
  /** Whom this profile was seen with, what people decided, and the profiles of its customer; absent until there is any of it. */
  membership: (profile: ProfileId): Key => ({ table: 'customers', pk: profile, sk: 'customer' }),
  score: (customer: CustomerId): Key => ({ table: 'customers', pk: customer, sk: 'score' }),
  /** When this customer was written to lately, for the frequency cap. */
  contacts: (customer: CustomerId): Key => ({ table: 'customers', pk: customer, sk: 'contacts' }),
  /** This address must not be written to: a hard bounce, a complaint, an objection. */
  suppression: (address: ProfileId): Key => ({ table: 'customers', pk: address, sk: 'suppressed' }),

  // facts: the timeline of a profile, and every name an event is known by
  fact: (subject: string, occurredAt: string, id: string): Key => ({
    table: 'facts',
    pk: subject,
    sk: `fact#${occurredAt}#${id}`,
  }),
  /** The ledger: what one campaign did for one customer. Beside the facts, so that no night reads every campaign. */
  touch: (customer: CustomerId, campaign: Slug): Key => ({
    table: 'facts',
    pk: customer,
    sk: `touch#${campaign}`,
  }),
  marker: (name: string): Key => ({ table: 'facts', pk: name, sk: 'marker' }),

  // vault: sealed personal data, a field an item, and the owner's wrapped key
  personal: (profile: ProfileId, field: string): Key => ({
    table: 'vault',
    pk: profile,
    sk: `field#${field}`,
  }),
  /** What a file last said of this profile, as a keyed digest: who imports again writes only what changed. */
  imported: (profile: ProfileId, about: string): Key => ({
    table: 'vault',
    pk: profile,
    sk: `imported#${about}`,
  }),
  ownerKey: (owner: string): Key => ({ table: 'vault', pk: owner, sk: 'key' }),
  /** Messages kept by the outbox sender, sealed. */
  sentMessage: (campaign: Slug, customer: CustomerId): Key => ({
    table: 'vault',
    pk: `outbox#${campaign}`,
    sk: customer,
  }),

  // control
  segment: (id: Slug): Key => ({ table: 'control', pk: 'segments', sk: id }),
  campaign: (id: Slug): Key => ({ table: 'control', pk: 'campaigns', sk: id }),
  campaignShard: (id: Slug, shard: number): Key => ({
    table: 'control',
    pk: `campaign#${id}`,
    sk: `shard#${String(shard).padStart(5, '0')}`,
  }),
  /** What was heard of a campaign's messages after they were sent; in some items, so that counting does not queue up. */
  campaignFeedback: (id: Slug, slot: number): Key => ({
    table: 'control',
    pk: `campaign#${id}`,
    sk: `feedback#${String(slot).padStart(5, '0')}`,
  }),
  run: (asOf: string): Key => ({ table: 'control', pk: 'runs', sk: asOf }),
  /** Points at the run whose results count. */
  currentRun: (): Key => ({ table: 'control', pk: 'current', sk: 'run' }),
  /** One partition, so that a list is one query; a look-up of one is a get. */
  accessKey: (id: string): Key => ({ table: 'control', pk: 'access-keys', sk: id }),
  quarantined: (cause: string, digest: string): Key => ({
    table: 'control',
    pk: `quarantine#${cause}`,
    sk: digest,
  }),
  /** A sale whose returns a person should look at; gone once what was missing arrived. */
  saleException: (kind: string, sale: string): Key => ({
    table: 'control',
    pk: 'exceptions',
    sk: `${kind}#${sale}`,
  }),
  /** What a person found out about one; `name` is that of the exception under its partition. */
  settledException: (name: string): Key => ({ table: 'control', pk: 'settled-exceptions', sk: name }),
  /** Two that may be one customer, for a person to decide. */
  proposal: (id: string): Key => ({ table: 'control', pk: 'proposals', sk: id }),
  /** What somebody decided about who is one customer; never deleted. */
  identityDecision: (id: string): Key => ({ table: 'control', pk: 'identity-decisions', sk: id }),
  /** What was heard of a store and its tills. One partition, so that a list is one query. */
  feed: (store: string): Key => ({ table: 'control', pk: 'feeds', sk: `feed#${store}` }),
  /** Stores that a source made known in a month: names from outside must not fill the table. */
  feedsMadeKnown: (source: string, month: string): Key => ({
    table: 'control',
    pk: `feeds-of#${source}`,
    sk: `month#${month}`,
  }),
  /** Receipts of a store and day, as they came in one batch; never changed. */
  tillRoll: (store: string, day: string, digest: string): Key => ({
    table: 'control',
    pk: `till-roll#${day}#${store}`,
    sk: `roll#${digest}`,
  }),
  /** What a till's closes say of a day, and what came of it. */
  tillClose: (store: string, day: string, terminal: string): Key => ({
    table: 'control',
    pk: `till-closes#${store}`,
    sk: `close#${day}#${terminal}`,
  }),
  /** Somebody waits to be called, those who waited longest first. */
  callBack: (since: string, profile: string, ticket: string): Key => ({
    table: 'control',
    pk: 'call-backs',
    sk: `${since}#${profile}#${ticket}`,
  }),
  /** A profile that says of itself that it is in this household. */
  householdMember: (household: string, profile: string): Key => ({
    table: 'control',
    pk: `household#${household}`,
    sk: profile,
  }),
  /** How many of a cause are kept; in some items, so that counting does not queue up. */
  quarantineTally: (cause: string, slot: string): Key => ({
    table: 'control',
    pk: 'quarantine',
    sk: `${cause}#${slot}`,
  }),
  /** Why somebody threw away what was kept. */
  discarded: (cause: string, digest: string): Key => ({
    table: 'control',
    pk: 'discarded',
    sk: `${cause}#${digest}`,
  }),

  /** Who may call a webhook, how it is translated, and its sealed secrets. */
  source: (id: string): Key => ({ table: 'control', pk: 'sources', sk: id }),
  /** When a source last proved itself by one of its secrets; by the hour. */
  secretUse: (source: string, secret: string): Key => ({
    table: 'control',
    pk: 'secret-uses',
    sk: `${source}/${secret}`,
  }),
  /** A delivery that was taken, by the digest of the name that its sender gave it; expires. */
  delivery: (source: string, digest: string): Key => ({
    table: 'control',
    pk: `deliveries#${source}`,
    sk: digest,
  }),
  /** How a shop is asked what changed, its credentials sealed. One partition, so that a poll finds all. */
  shopPoll: (source: string): Key => ({ table: 'control', pk: 'shop-polls', sk: source }),
  /** How far it was asked, and how that went. */
  shopPollProgress: (source: string): Key => ({ table: 'control', pk: 'shop-poll-progress', sk: source }),

  /** A message that follows from a commit, written in that commit; the host carries it to the bus. */
  outbox: (id: string): Key => ({ table: 'outbox', pk: id, sk: 'message' }),
} as const;

/** Profiles are customers' partitions; strangers' receipts are summed up under their till and day. */
export const strangerPartition = (store: string, terminal: string, day: string): string =>
  ['store', store, terminal, day].map((piece) => encodeURIComponent(piece)).join('/');

/** Returns whose sale has not come count here, each case by itself, and leave nothing behind when it comes. */
export const waitingPartition = (sale: string): string => `${WAITING}${sale}`;

/** The sale that such a partition waits for; undefined for all others. */
export const saleWaitedFor = (pk: string): string | undefined =>
  pk.startsWith(WAITING) ? pk.slice(WAITING.length) : undefined;

const WAITING = 'waiting/';

export const isProfilePartition = (pk: string): pk is ProfileId => kindOf(pk) !== undefined;

/** A piece of what is too long for one item: in a partition of its own, so that a list of such items stays light. */
export const partOf = ({ table, pk, sk }: Key, part: number): Key => ({
  table,
  pk: `${pk}#${sk}`,
  sk: `part#${String(part).padStart(2, '0')}`,
});
