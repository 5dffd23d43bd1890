import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { countOf } from '../support/count-of.ts';
import { type Host, startHost } from '../support/host.ts';

interface Customer {
  readonly id: string;
  readonly profiles: readonly string[];
  readonly purchases: { readonly net: number };
}
interface Proposal {
  readonly id: string;
  readonly profiles: readonly string[];
  readonly evidence: { readonly via?: string };
  readonly customers: readonly { readonly contact: { readonly name?: string } }[];
}
interface Decided {
  readonly decision: string;
  readonly before: readonly Customer[];
  readonly after: readonly Customer[];
}
type Ids = Readonly<Record<string, string>>;

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

let receipts = 0;
const receipt = (ids: Ids, amount: number, day: number) => {
  receipts += 1;
  const at = `2026-03-${String(day).padStart(2, '0')}T10:00:00+01:00`;
  return aReceipt({ ids, amount, at, data: { store: 'idt-01', receipt: `id-${receipts}` } });
};

/** Sends, and waits until all of it is folded. */
async function tell(...events: readonly unknown[]) {
  const before = (await host.status()).facts;
  const { body } = await host.send<{ results: { warnings?: { code: string }[] }[] }>(events);
  await host.eventually(
    () => host.status(),
    ({ facts }) => countOf(facts) === countOf(before) + events.length,
  );
  return body.results.flatMap(({ warnings = [] }) => warnings.map(({ code }) => code));
}

const find = async (ids: Ids) => (await host.ask<Customer>('POST', '/v1/customers/look-up', ids)).body;

describe('somebody who browsed without a name', () => {
  it('is the member who logs in later on the same device, with what was bought before', async () => {
    await tell(
      receipt({ device: 'idt-laptop' }, 1_000, 1),
      receipt({ phone: '06 31000001' }, 200, 2),
      receipt({ member: 'IDT-1', device: 'idt-laptop', phone: '06 31000001' }, 30, 3),
    );

    const found = await find({ device: 'idt-laptop' });

    expect(found.purchases.net).toBe(1_230);
    expect(found.id).toMatch(/^member_/);
    expect(await find({ member: 'IDT-1' })).toEqual(found);
  });
});

describe('a tablet in the shop', () => {
  it('glues nobody together, also not those who used it first', async () => {
    const guests = ['IDT-K1', 'IDT-K2', 'IDT-K3', 'IDT-K4'];
    await tell(
      ...guests.flatMap((member, n) => [
        receipt({ member, device: 'idt-kiosk' }, 10, 1 + n),
        receipt({ member }, 1, 1 + n),
      ]),
    );

    for (const member of guests) expect(await find({ member })).toMatchObject({ purchases: { net: 11 } });
    const first = await find({ member: 'IDT-K1' });
    expect(first.profiles).toHaveLength(1);
    const { body } = await host.ask<{ profiles: { links: { state: string }[] }[] }>(
      'GET',
      `/v1/customers/${first.id}/identity`,
    );
    expect(body.profiles[0]?.links).toMatchObject([{ state: 'shared' }]);
  });
});

describe('a number that stands for nobody', () => {
  it('is dropped with a warning, and what was bought is kept', async () => {
    const codes = await tell(
      receipt({ member: 'IDT-B1', phone: '06 00000000' }, 10, 1),
      receipt({ member: 'IDT-B2', email: 'noreply@shop.example' }, 20, 1),
    );

    expect(codes).toEqual(['blocked-phone', 'blocked-email']);
    expect(await find({ member: 'IDT-B1' })).toMatchObject({ purchases: { net: 10 } });
  });
});

describe('a couple with one phone number', () => {
  const phone = '06 31000002';
  const enrolled = (member: string, name: string, day: number) => ({
    id: `enrolled-${member}`,
    type: 'member.enrolled',
    occurredAt: `2026-03-0${day}T09:00:00+01:00`,
    ids: { member, phone },
    data: { name },
  });
  const decide = async (path: string, body: unknown) => {
    const answer = await host.ask<Decided & { refusal?: string; detail?: string }>(
      'POST',
      `/v1/identity/${path}`,
      body,
    );
    return { status: answer.status, ...answer.body };
  };

  it('stays two members until somebody decides, sees what comes of it, and may take it back', async () => {
    await tell(
      enrolled('IDT-ADA', 'Ada Vermeer', 1),
      enrolled('IDT-BOB', 'Bob Vermeer', 2),
      receipt({ member: 'IDT-ADA' }, 500, 3),
      receipt({ member: 'IDT-BOB' }, 70, 4),
    );
    const [ada, bob] = [await find({ member: 'IDT-ADA' }), await find({ member: 'IDT-BOB' })];
    expect((await find({ phone })).id).toBe(ada.id);

    const { body } = await host.ask<{ proposals: Proposal[] }>('GET', '/v1/identity/proposals?limit=50');
    const proposal = body.proposals.find(({ profiles }) => profiles.includes(bob.id));
    expect(proposal?.evidence.via).toMatch(/^phone_/);
    expect(proposal?.customers.map(({ contact }) => contact.name).sort()).toEqual([
      'A** V******',
      'B** V******',
    ]);

    const customers = proposal?.profiles;
    const preview = await decide('merge/preview', { customers });
    expect(preview.after).toMatchObject([{ purchases: { net: 570 } }]);
    expect(await find({ member: 'IDT-BOB' })).toEqual(bob);

    const merged = await decide('merge', { customers, note: 'they asked for one account' });
    expect(merged.after).toEqual(preview.after);
    expect((await find({ member: 'IDT-BOB' })).purchases.net).toBe(570);
    expect(await decide('merge', { customers })).toMatchObject({ status: 409 });
    expect((await decide('merge/preview', { customers })).refusal).toMatch(/one customer already/);

    expect(await decide('unmerge', { merge: merged.decision })).toMatchObject({ status: 200 });
    expect(await find({ member: 'IDT-ADA' })).toEqual(ada);
    expect(await find({ member: 'IDT-BOB' })).toEqual(bob);
  });
});
