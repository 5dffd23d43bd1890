import { keys } from '../../contracts/keys.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import type { Campaign } from '../../domain/campaigns/campaign.ts';
import { channels } from '../../domain/campaigns/channels/registry.ts';
import { type Contact, remember } from '../../domain/campaigns/contacts.ts';
import { decide, type Verdict } from '../../domain/campaigns/gate.ts';
import { advance, outcomeOf, type Step, type Touch } from '../../domain/campaigns/ledger.ts';
import type { Made } from '../../domain/campaigns/message.ts';
import type { Outcome } from '../../domain/campaigns/report.ts';
import { type TemplateVariables, variablesOf } from '../../domain/campaigns/variables.ts';
import type { ContactChannel } from '../../domain/events/consent-changed.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Sender } from '../../ports/sender.ts';
import type { Item, Table } from '../../ports/table.ts';
import { readPersonal } from '../customers/contact.ts';
import type { CustomerRecord } from '../customers/read-customer.ts';

export interface SpeakingDeps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly senders: Readonly<Record<ContactChannel, Sender>>;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

/** A campaign ready to be sent: its template read once. */
export interface Prepared {
  readonly campaign: Campaign;
  readonly message: (variables: TemplateVariables) => Made;
}

const ATTEMPTS = 5;
/** The version of a touch that nobody answered yet. */
const CLAIM = 1;

/**
 * Takes one campaign to one customer: ledger, gate, claim, sender, in this order. Whoever was touched by
 * this campaign before keeps that outcome; a claim that was never answered is not sent again.
 */
export async function addressCustomer(
  deps: SpeakingDeps,
  prepared: Prepared,
  customer: CustomerRecord,
): Promise<Outcome> {
  const to = await readPersonal(deps, customer.profiles, channels[prepared.campaign.channel].address);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await tryOnce(deps, prepared, customer, to);
    if (outcome !== undefined) return outcome;
  }
  throw new TooManyConflicts(`The ledger of ${customer.view.id}`);
}

/** Undefined where somebody else wrote to the ledger in this moment. */
async function tryOnce(
  deps: SpeakingDeps,
  { campaign, message }: Prepared,
  customer: CustomerRecord,
  to: string | undefined,
): Promise<Outcome | undefined> {
  const { view, profiles } = customer;
  const { touch, contacts } = await readLedger(deps.table, campaign, profiles);
  if (touch !== undefined) return outcomeOf(touch.value as unknown as Touch);
  const verdict = await ask(deps, campaign, customer, to, contacts.flatMap(contactsIn));
  if (verdict.kind === 'refused') return verdict;
  if (verdict.kind === 'held-out') {
    const isHeld = await begin(deps, campaign, customer, { kind: 'hold-out', at: deps.clock() });
    return isHeld ? verdict : undefined;
  }
  const name = await readPersonal(deps, profiles, 'name');
  const { currency, unsubscribe } = deps.stage;
  const made = message(variablesOf(view, { name, currency, unsubscribe }));
  if (made.status === 'unfit') return { kind: 'refused', reason: made.reason };
  const claim: Step = { kind: 'claim', at: deps.clock() };
  if (!(await begin(deps, campaign, customer, claim, contacts[0] ?? 'first'))) return undefined;
  return send(deps, campaign, customer, { to: to ?? '', ...made.message });
}

/**
 * The campaign's touch, and what is known of contacts, the root's own first. Somebody who was joined of
 * several customers may have been written to under the id of any of them.
 */
async function readLedger(table: Table, { id }: Campaign, profiles: readonly ProfileId[]) {
  const items = await table.getMany([
    ...profiles.map((profile) => keys.touch(profile, id)),
    ...profiles.map(keys.contacts),
  ]);
  const touch = items.slice(0, profiles.length).find((item) => item !== undefined);
  return { touch, contacts: items.slice(profiles.length) };
}

const contactsIn = (item: Item | undefined): readonly Contact[] =>
  (item?.value['contacts'] ?? []) as Contact[];

async function ask(
  { table, keyring, stage, clock }: SpeakingDeps,
  campaign: Campaign,
  { view }: CustomerRecord,
  to: string | undefined,
  contacts: readonly Contact[],
): Promise<Verdict> {
  const address = channels[campaign.channel].address;
  const suppressed =
    to !== undefined && (await table.get(keys.suppression(keyring.profileId(address, to)))) !== undefined;
  return decide({
    campaign,
    view,
    contacts,
    suppressed,
    hasAddress: to !== undefined,
    settings: stage,
    now: clock(),
  });
}

/** Writes the first touch, and with a claim the contact that the frequency cap counts. False: somebody else was first. */
async function begin(
  { table, stage }: SpeakingDeps,
  { id }: Campaign,
  { view }: CustomerRecord,
  step: Step,
  contacts?: Item | 'first',
): Promise<boolean> {
  const touch = advance(undefined, step);
  if (touch === undefined) return false;
  const before = contacts === 'first' ? undefined : contacts;
  const remembered = remember(contactsIn(before), { campaign: id, at: step.at }, stage.frequencyCap.days);
  const { ok } = await table.commit([
    { put: keys.touch(view.id, id), value: touch, if: 'absent' },
    ...(contacts === undefined
      ? []
      : [
          {
            put: keys.contacts(view.id),
            value: { contacts: remembered },
            if: before === undefined ? ('absent' as const) : { version: before.version },
          },
        ]),
  ]);
  return ok;
}

async function send(
  { table, senders, clock }: SpeakingDeps,
  { id, channel }: Campaign,
  { view }: CustomerRecord,
  message: { readonly to: string; readonly subject?: string; readonly body: string },
): Promise<Outcome> {
  const sent = await senders[channel].send({ campaign: id, customer: view.id, channel, ...message });
  const step: Step =
    sent.status === 'sent'
      ? { kind: 'send', at: clock(), reference: sent.reference }
      : { kind: 'refuse', at: clock(), reason: sent.reason };
  const touch = advance({ state: 'claimed', at: step.at }, step);
  // What was heard of the message in the meantime says more than our answer, and stays.
  if (touch !== undefined)
    await table.commit([{ put: keys.touch(view.id, id), value: touch, if: { version: CLAIM } }]);
  return sent.status === 'sent' ? { kind: 'sent' } : { kind: 'refused', reason: sent.reason };
}
