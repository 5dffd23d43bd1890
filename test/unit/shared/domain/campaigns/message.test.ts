import { describe, expect, it } from 'vitest';
import { compileMessage } from '../../../../../shared/domain/campaigns/message.ts';
import { variableSummaries, variablesOf } from '../../../../../shared/domain/campaigns/variables.ts';
import { aCustomer } from '../../../../builders/a-customer.ts';
import { aCampaign } from './a-campaign.ts';

const at = '2026-01-01T00:00:00.000Z';
const customer = aCustomer({
  purchases: [{ ago: 3, orders: 2, sales: 125_000, returns: 1_550 }],
  aggregate: { traits: { language: { value: 'nl', at } } },
  score: { lifecycle: 'loyal', tier: 'gold' },
});
const more = { name: 'Ada' as string | undefined, currency: 'EUR', unsubscribe: 'reply STOP' };

describe('the variables of a customer', () => {
  it('are its name from the vault, its score, and its money as people write it', () => {
    expect(variablesOf(customer, more)).toEqual({
      name: 'Ada',
      language: 'nl',
      lifecycle: 'loyal',
      tier: 'gold',
      spent: '1,234.50 EUR',
      orders: 2,
      unsubscribe: 'reply STOP',
    });
  });

  it('of a stranger have nothing in the place of what is not known', () => {
    expect(variablesOf(aCustomer(), { ...more, name: undefined })).toMatchObject({
      name: undefined,
      language: undefined,
      lifecycle: undefined,
      tier: undefined,
      spent: '10.00 EUR',
    });
  });

  it.each([
    ['Ada\r\nBcc: all@example.com', 'Ada Bcc: all@example.com'],
    ['  Ada   Vermeer ', 'Ada Vermeer'],
    [' \n ', undefined],
  ])('write the name %j in one line', (name, clean) => {
    expect(variablesOf(customer, { ...more, name }).name).toBe(clean);
  });

  it('are all described', () => {
    expect(Object.keys(variableSummaries).sort()).toEqual(Object.keys(variablesOf(customer, more)).sort());
  });
});

describe('the message of a campaign', () => {
  const template = {
    subject: "{{ name | default: 'Friend' }}, spring",
    body: "<p>{{ name | default: 'friend' }}</p>",
  };

  it('by e-mail has a plain subject and an escaped body', () => {
    const make = compileMessage(aCampaign({ template }));

    expect(make(variablesOf(customer, { ...more, name: 'A & B' }))).toEqual({
      status: 'ready',
      message: { subject: 'A & B, spring', body: '<p>A &amp; B</p>' },
    });
  });

  it('by SMS has a plain body and no subject', () => {
    const make = compileMessage(
      aCampaign({ channel: 'sms', template: { body: "Hi {{ name | default: 'you' }}. {{ unsubscribe }}" } }),
    );

    expect(make(variablesOf(customer, { ...more, name: 'A & B' }))).toEqual({
      status: 'ready',
      message: { body: 'Hi A & B. reply STOP' },
    });
  });

  it('answers a missing name', () => {
    const make = compileMessage(aCampaign({ template }));

    expect(make(variablesOf(customer, { ...more, name: undefined }))).toMatchObject({
      message: { subject: 'Friend, spring', body: '<p>friend</p>' },
    });
  });

  it('that one customer makes too long is unfit, and the next one is not', () => {
    const make = compileMessage(aCampaign({ template }));

    expect(
      [200, 20].map((length) => make(variablesOf(customer, { ...more, name: 'x'.repeat(length) })).status),
    ).toEqual(['unfit', 'ready']);
    expect(make(variablesOf(customer, { ...more, name: 'x'.repeat(200) }))).toEqual({
      status: 'unfit',
      reason: 'subject-too-long',
    });
  });

  it('that takes too much for one customer is unfit', () => {
    const body = '{% for i in (1..200) %}{{ unsubscribe }}{% endfor %}';
    const make = compileMessage(aCampaign({ template: { ...template, body } }));

    expect(make(variablesOf(customer, { ...more, unsubscribe: 'x'.repeat(10_000) }))).toEqual({
      status: 'unfit',
      reason: 'template-failed',
    });
  });

  it('is not made of a template that cannot be read', () => {
    const broken = { channel: 'sms' as const, template: { body: '{% foo %}' } };

    expect(() => compileMessage(broken)).toThrow(expect.objectContaining({ code: 'invalid-template' }));
  });
});
