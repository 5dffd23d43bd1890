import { expect, it } from 'vitest';
import type { Driver } from './driver.ts';
import { daysAgo, STRAY } from './shop.ts';

/** What could not be taken is looked at, mended, and thrown away. */
export function quarantineScenes(at: () => Driver): void {
  /** Somebody of whom nothing was sealed yet. */
  const enrolment = {
    id: 'enrol-mended',
    type: 'member.enrolled',
    occurredAt: daysAgo(3),
    ids: { phone: STRAY },
    data: { name: 'No longer a stray' },
  };
  const visit = (occurredAt: string) => ({
    id: 'visit',
    type: 'page.viewed',
    occurredAt,
    data: { page: '/' },
  });

  const first = async (cause: string): Promise<{ cause: string; id: string }> => {
    const { body } = await at().call('listQuarantined', { params: { cause } });
    return { cause, id: body.items[0].id };
  };
  const causes = async (): Promise<string[]> =>
    (await at().call('quarantine')).body.causes.map(({ cause }: { cause: string }) => cause);

  it('shows what was refused by cause, and opens one of it', async () => {
    const { call, send } = at();
    await send([
      { ...enrolment, type: 'member.came' },
      visit('today'),
      { ...enrolment, type: 'member.gone' },
    ]);

    expect(await causes()).toEqual(expect.arrayContaining(['unknown-type', 'invalid-field']));
    const { body } = await call('openQuarantined', { params: await first('unknown-type') });
    expect(body).toMatchObject({ source: 'till', path: 'type', item: { id: enrolment.id } });
  });

  it('tries all of a cause again, and keeps what is wrong still', async () => {
    const { call, send } = at();
    await send({ dialect: 'shopify', source: 'closed', body: {} });

    const { body } = await call('retryCause', { params: { cause: 'unknown-type' } });

    expect(body).toEqual({ taken: 0, duplicates: 0, refused: { 'unknown-type': 2, 'source-gone': 1 } });
  });

  it('takes what somebody mended, and throws away what nobody can', async () => {
    const { aws, call } = at();

    const mended = await call('retryQuarantined', {
      params: await first('unknown-type'),
      body: { event: enrolment },
    });
    await aws.settle();
    const gone = await call('discardQuarantined', {
      params: await first('unknown-type'),
      body: { note: 'told twice' },
    });

    expect([mended.body, gone.body]).toEqual([{ status: 'taken' }, { status: 'discarded' }]);
    expect(await causes()).not.toContain('unknown-type');
    const { body } = await call('lookUpCustomer', { body: { phone: STRAY } });
    expect(body.contact.name).toBeDefined();
  });
  it('keeps what is long in parts, shows it whole, and throws all of them away', async () => {
    const { call, send } = at();
    const long = { type: 'member.wrote', note: 'tea '.repeat(30_000) };
    await send([long, visit(daysAgo(3))]);

    const params = await first('event-too-large');
    const opened = await call('openQuarantined', { params });
    const retried = await call('retryCause', { params: { cause: 'event-too-large' } });
    const gone = await call('discardQuarantined', { params, body: { note: 'nobody knows' } });

    expect(opened.body.item).toEqual(long);
    expect(retried.body).toMatchObject({ refused: { 'event-too-large': 1 } });
    expect(gone.body).toEqual({ status: 'discarded' });
    expect(await causes()).not.toContain('event-too-large');
  });
}
