import { describe, expect, it } from 'vitest';
import { campaignsApi } from '../../../../../shared/application/campaigns/campaigns-api.ts';
import { putSegment } from '../../../../../shared/application/segments/segment-store.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { Messages } from '../../../../../shared/contracts/messages.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { Died, overtaken } from '../../../../support/faults.ts';
import { addressWaiting, memoryMachine } from '../../../../support/memory-machine.ts';
import { aBroadcast, aStage, ask, enrol, reportOf } from './a-stage.ts';

describe('a campaign', () => {
  it('is written, read and listed as a draft', async () => {
    const machine = memoryMachine();

    const put = await ask(machine, 'putCampaign', { body: aBroadcast() });

    expect(put).toMatchObject({ status: 200, body: { id: 'spring', status: 'draft', ...aBroadcast() } });
    expect(await ask(machine, 'getCampaign')).toEqual(put);
    expect((await ask(machine, 'listCampaigns')).body).toEqual({ campaigns: [put.body] });
    expect(await reportOf(machine)).toEqual({
      campaign: 'spring',
      status: 'draft',
      shards: { done: 0, of: 0 },
      audience: 0,
      sent: 0,
      heldOut: 0,
      refused: {},
      feedback: { bounced: 0, complained: 0 },
    });
  });

  it('may be rewritten while it is a draft', async () => {
    const machine = await aStage(0);

    await ask(machine, 'putCampaign', { body: aBroadcast({ name: 'Summer' }) });

    expect((await ask(machine, 'getCampaign')).body).toMatchObject({ name: 'Summer', status: 'draft' });
  });

  it('that has run stays as it was', async () => {
    const machine = await aStage(1);
    await ask(machine, 'runCampaign');

    for (const state of ['running', 'done']) {
      expect((await ask(machine, 'getCampaign')).body.status).toBe(state);
      expect(await ask(machine, 'putCampaign', { body: aBroadcast({ name: 'Summer' }) })).toMatchObject({
        status: 409,
        body: { code: 'conflict' },
      });
      await addressWaiting(machine);
    }
    expect((await ask(machine, 'getCampaign')).body.name).toBe('Spring');
  });

  it('that somebody else set running in this moment stays as it was', async () => {
    const machine = await aStage(0);
    const table = overtaken(machine.table, 1, () => ask(machine, 'runCampaign'));

    expect(
      await ask({ ...machine, table }, 'putCampaign', { body: aBroadcast({ name: 'Summer' }) }),
    ).toMatchObject({ status: 409 });
    expect((await ask(machine, 'getCampaign')).body).toMatchObject({ name: 'Spring', status: 'running' });
  });

  it.each([
    ['no audience', { rule: undefined }, 'segment', 422, 'invalid-field'],
    ['two audiences', { segment: 'loyal' }, 'rule', 422, 'invalid-field'],
    ['an unknown segment', { rule: undefined, segment: 'no-such' }, undefined, 404, 'not-found'],
    [
      'an unknown variable',
      { template: { subject: 's', body: '{{ nmae }}' } },
      'template.body',
      422,
      'invalid-field',
    ],
    [
      'a name that may be missing',
      { template: { subject: '{{ name }}', body: 'b' } },
      'template.subject',
      422,
      'invalid-field',
    ],
    ['no subject', { template: { body: 'b' } }, 'template.subject', 422, 'invalid-field'],
    ['most of them held out', { holdout: 0.6 }, 'body.holdout', 422, 'invalid-field'],
    ['a slip in its rule', { rule: { trait: 'ordres', atLeast: 1 } }, 'rule.trait', 422, 'invalid-field'],
    ['an unknown channel', { channel: 'fax' }, 'body.channel', 422, 'invalid-field'],
  ])('with %s is refused and not kept', async (_what, change, path, status, code) => {
    const machine = memoryMachine();

    const answer = await ask(machine, 'putCampaign', { body: aBroadcast(change) });

    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.path).toBe(path);
    expect((await ask(machine, 'listCampaigns')).body.campaigns).toEqual([]);
  });

  it.each(['getCampaign', 'runCampaign', 'reportCampaign', 'readOutbox'] as const)(
    'that is not there is not found: %s',
    async (name) => {
      expect(await ask(memoryMachine(), name)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    },
  );
});

describe('setting a campaign running', () => {
  it('is one commit: its state, and a message for each shard', async () => {
    const machine = await aStage(0);

    expect(await ask(machine, 'runCampaign')).toMatchObject({
      status: 202,
      body: { status: 'running', shards: 3 },
    });

    const messages = machine.take<Messages['campaign.shard-due']>('campaigns/address-shard');
    expect(messages.toSorted((a, b) => a.shard - b.shard)).toEqual(
      [0, 1, 2].map((shard) => ({ campaign: 'spring', shard, of: 3 })),
    );
  });

  it('of a stage with more shards than a commit holds takes fewer', async () => {
    const machine = memoryMachine({ shards: 1_000 });
    await ask(machine, 'putCampaign', { body: aBroadcast() });

    expect((await ask(machine, 'runCampaign')).body.shards).toBe(99);
    expect(machine.take('campaigns/address-shard')).toHaveLength(99);
  });

  it('while somebody rewrites it is refused, and nobody is addressed', async () => {
    const machine = await aStage(1);
    const table = overtaken(machine.table, 1, () =>
      ask(machine, 'putCampaign', { body: aBroadcast({ name: 'Summer' }) }),
    );

    expect(await ask({ ...machine, table }, 'runCampaign')).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });

    expect((await ask(machine, 'getCampaign')).body).toMatchObject({ name: 'Summer', status: 'draft' });
    expect(machine.take('campaigns/address-shard')).toEqual([]);
  });

  it('to a segment reaches those whom the segment means', async () => {
    const machine = memoryMachine();
    await enrol(
      machine,
      { member: 'M-1', email: 'a@example.com', emailConsent: 'granted' },
      { member: 'M-2' },
    );
    await putSegment(machine.table, {
      id: 'may',
      name: 'May',
      rule: { trait: 'consent.email', is: 'granted' },
    });
    await ask(machine, 'putCampaign', { body: aBroadcast({ rule: undefined, segment: 'may' }) });

    await ask(machine, 'runCampaign');
    await addressWaiting(machine);

    expect(await reportOf(machine)).toMatchObject({ status: 'done', audience: 1, sent: 1 });
  });
});

describe('the outbox', () => {
  it('shows each message as it was written, page by page', async () => {
    const machine = await aStage(5);
    await ask(machine, 'runCampaign');
    await addressWaiting(machine);

    const first = await ask(machine, 'readOutbox', { query: { limit: '3' } });
    const second = await ask(machine, 'readOutbox', { query: { limit: '3', cursor: first.body.cursor } });

    const messages = [...first.body.messages, ...second.body.messages];
    expect(first.body.messages).toHaveLength(3);
    expect(new Set(messages.map(({ customer }) => customer)).size).toBe(5);
    expect(new Set(messages.map(({ to }) => to))).toEqual(new Set(['m*@example.com']));
    expect(messages[0]).toMatchObject({
      channel: 'email',
      subject: 'Spring is here',
      body: 'Dear customer, Tell us in any of our shops, and we stop writing.',
    });
    expect(routes.readOutbox.answer.safeParse(first.body).success).toBe(true);
  });

  it('shows an SMS without a subject', async () => {
    const machine = memoryMachine();
    await enrol(machine, { member: 'M-1', phone: '+31612345678', smsConsent: 'granted' });
    await ask(machine, 'putCampaign', {
      body: aBroadcast({ channel: 'sms', template: { body: 'Hello. {{ unsubscribe }}' } }),
    });
    await ask(machine, 'runCampaign');
    await addressWaiting(machine);

    const { body } = await ask(machine, 'readOutbox');

    expect(body.messages).toMatchObject([{ channel: 'sms', to: '+31*******78' }]);
    expect(body.messages[0]).not.toHaveProperty('subject');
  });

  it('knows of a customer whose key is destroyed no more than that there was a message', async () => {
    const machine = await aStage(1);
    await ask(machine, 'runCampaign');
    await addressWaiting(machine);
    const [{ customer }] = (await ask(machine, 'readOutbox')).body.messages;

    await machine.keyring.forget(customer);

    expect((await ask(machine, 'readOutbox')).body.messages).toEqual([
      { customer, channel: 'email', at: expect.any(String), erased: true },
    ]);
  });

  it('that cannot be opened for another reason is a failure and not an erasure', async () => {
    const machine = await aStage(1);
    await ask(machine, 'runCampaign');
    await addressWaiting(machine);
    const keyring = { ...machine.keyring, open: () => Promise.reject(new Died()) };

    expect(await ask({ ...machine, keyring }, 'readOutbox')).toMatchObject({
      status: 500,
      body: { code: 'internal' },
    });
  });

  it('refuses a cursor that it never gave', async () => {
    expect(await ask(await aStage(0), 'readOutbox', { query: { cursor: 'abc' } })).toMatchObject({
      status: 422,
      body: { code: 'invalid-cursor' },
    });
  });

  it('of a name close to another’s holds its own messages alone', async () => {
    const machine = await aStage(1);
    await ask(machine, 'putCampaign', { id: 'spring-2', body: aBroadcast() });
    await ask(machine, 'runCampaign');
    await addressWaiting(machine);

    expect(
      (
        await campaignsApi(machine).readOutbox({
          params: { id: 'spring-2' },
          query: { limit: 10 },
          body: undefined,
          caller: { kind: 'nobody' },
        })
      ).body,
    ).toEqual({
      messages: [],
    });
    expect(await machine.table.get(keys.campaign('spring-2'))).toMatchObject({ value: { status: 'draft' } });
  });
});
