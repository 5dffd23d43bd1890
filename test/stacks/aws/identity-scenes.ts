import { expect, it } from 'vitest';
import type { Driver } from './driver.ts';
import { daysAgo, sale } from './shop.ts';

const phone = '+31687651234';
const enrolled = (member: string, days: number) => ({
  id: `enrol-${member}`,
  type: 'member.enrolled',
  occurredAt: daysAgo(days),
  ids: { member, phone },
  data: { name: `Member ${member}` },
});

/** Who is one customer, and who decides it. */
export function identityScenes(at: () => Driver): void {
  it('asks people whether two members who share a phone are one, and does what they say', async () => {
    const { aws, call, send } = at();
    await send([enrolled('fam-1', 20), enrolled('fam-2', 10), sale({ member: 'fam-2' }, 'r-fam', 2)]);
    await aws.settle();

    const [proposal] = (await call('listProposals')).body.proposals;
    const body = { customers: proposal.profiles };
    expect((await call('previewMerge', { body })).body.after).toMatchObject([{ purchases: { net: 1_000 } }]);
    const merged = await call('mergeCustomers', { body: { ...body, note: 'they asked for it' } });
    expect(merged.body.after).toMatchObject([{ purchases: { net: 1_000 } }]);
    const params = { id: proposal.profiles[0] };
    expect((await call('getIdentity', { params })).body.decisions).toMatchObject([
      { kind: 'together', note: 'they asked for it' },
    ]);

    const back = { merge: merged.body.decision };
    expect((await call('previewUnmerge', { body: back })).body.after).toHaveLength(2);
    expect((await call('unmergeCustomers', { body: back })).body.after).toHaveLength(2);
    const dismissed = await call('dismissProposal', { params: { id: proposal.id }, body: {} });
    expect(dismissed.body).toMatchObject({ status: 'dismissed' });
    // Of a stranger nothing is sealed yet: a note makes the key.
    await send([sale({ member: 'fam-3' }, 'r-stranger', 2)]);
    await aws.settle();
    const stranger = (await call('lookUpCustomer', { body: { member: 'fam-3' } })).body.id;
    const noted = { customers: [proposal.profiles[0], stranger], note: 'one after all' };
    expect((await call('mergeCustomers', { body: noted })).status).toBe(200);
    const reopened = await call('reopenProposal', { params: { id: proposal.id } });
    expect(reopened.body).toMatchObject({ status: 'open' });
  });
}
