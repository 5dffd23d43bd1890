import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import type { tellable } from '../../../../../shared/domain/events/catalogue.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { memoryMachine, submit, waiting } from '../../../../support/memory-machine.ts';

const ofOneCustomer = [
  'member.enrolled',
  'member.updated',
  'consent.changed',
  'household.changed',
  'referral.recorded',
  'callback.made',
  'ticket.closed',
  'message.stopped',
] as const satisfies readonly (keyof typeof tellable)[];

describe('an event about one customer that names nobody', () => {
  it.each(ofOneCustomer)('waits in quarantine instead of being kept for nobody: %s', async (type) => {
    const machine = memoryMachine();

    const [result] = await submit(machine, aSubmission(type, { ids: {} }));

    expect(result).toMatchObject({ status: 'rejected', code: 'ids-missing', path: 'ids' });
    expect((await readStatus(machine)).quarantine).toEqual({ 'ids-missing': 1 });
    expect(waiting(machine)).toEqual([]);
  });

  it('says what was wrong with what it named', async () => {
    const machine = memoryMachine();
    const withdrawn = { channel: 'sms', purpose: 'marketing', status: 'withdrawn' };

    const results = await submit(
      machine,
      aSubmission('consent.changed', { ids: { phone: '06 1234' }, data: withdrawn }),
      aSubmission('consent.changed', { ids: { phone: '06 1234', member: 'M-1' }, data: withdrawn }),
    );

    expect(results).toMatchObject([
      { status: 'rejected', detail: expect.stringMatching(/^ids: names nobody \(phone is no phone number/) },
      { status: 'accepted', warnings: [{ code: 'invalid-phone' }] },
    ]);
  });

  it.each([
    'sale.recorded',
    'complaint.recorded',
    'survey.answered',
    'coupon.redeemed',
    'page.viewed',
  ] as const)('is taken where it counts without one: %s', async (type) => {
    expect(await submit(memoryMachine(), aSubmission(type, { ids: {} }))).toMatchObject([
      { status: 'accepted' },
    ]);
  });
});
