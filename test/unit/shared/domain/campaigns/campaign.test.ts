import { describe, expect, it } from 'vitest';
import { Campaign } from '../../../../../shared/domain/campaigns/campaign.ts';
import { draft } from './a-campaign.ts';

const slips = (change: Readonly<Record<string, unknown>>) =>
  Campaign.safeParse({ ...draft, ...change }).error?.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }));

const body = (text: string) => ({ template: { subject: 'Spring', body: text } });

describe('a campaign', () => {
  it('fills in what it holds out, what for, and how it treats doubles', () => {
    expect(Campaign.parse(draft)).toEqual({
      ...draft,
      holdout: 0.1,
      purpose: 'marketing',
      duplicates: 'at-most-once',
    });
  });

  it('takes a rule in place of a segment', () => {
    const { segment: _, ...rest } = draft;
    const rule = { trait: 'orders', atLeast: 2 };

    expect(Campaign.parse({ ...rest, rule })).toMatchObject({ rule });
    expect(Campaign.parse({ ...rest, rule })).not.toHaveProperty('segment');
  });

  it('by SMS has a body alone', () => {
    const template = { body: 'Spring is here, {{ unsubscribe }}' };

    expect(Campaign.parse({ ...draft, channel: 'sms', template })).toMatchObject({
      channel: 'sms',
      template,
    });
  });

  it('may hold nobody out, or half of them', () => {
    expect([0, 0.5].map((holdout) => Campaign.parse({ ...draft, holdout }).holdout)).toEqual([0, 0.5]);
  });

  it.each<[what: string, change: Readonly<Record<string, unknown>>, path: string, message: string]>([
    ['no audience', { segment: undefined }, 'segment', 'name a segment, or write a rule'],
    ['two audiences', { rule: { everyone: true } }, 'rule', 'leave one of them out'],
    [
      'a slip in its rule',
      { segment: undefined, rule: { not: { trait: 'order' } } },
      'rule.not',
      'has no operator',
    ],
    ['a name of blanks', { name: '  ' }, 'name', 'give the campaign a name'],
    ['an id in capitals', { id: 'Spring' }, 'id', 'lower-case letters'],
    ['an unknown channel', { channel: 'fax' }, 'channel', '"email"'],
    ['a percentage to hold out', { holdout: 10 }, 'holdout', '0.1 for 10 %'],
    ['a negative share to hold out', { holdout: -0.1 }, 'holdout', 'negative'],
    ['a text to hold out', { holdout: 'some' }, 'holdout', 'takes a share'],
    ['another purpose', { purpose: 'service' }, 'purpose', 'only "marketing"'],
    ['another policy on doubles', { duplicates: 'at-least-once' }, 'duplicates', 'only "at-most-once"'],
    ['an unknown field', { holdOut: 0.2 }, '', '"holdOut"'],
    [
      'an e-mail without a subject',
      { template: { body: 'x' } },
      'template.subject',
      'an e-mail has a subject',
    ],
    ['an SMS with a subject', { channel: 'sms' }, 'template.subject', 'an SMS has no subject; leave it out'],
    ['no body', { template: { subject: 'x' } }, 'template.body', 'takes a Liquid text'],
    ['a blank body', body(' \n'), 'template.body', 'must not be empty'],
    ['a body that is too long', body('x'.repeat(100_001)), 'template.body', '100000'],
    [
      'a body that comes out empty',
      body('{% if orders > 1000 %}x{% endif %}'),
      'template.body',
      'the body is empty',
    ],
    [
      'a tag that does not exist',
      body(`a${'\n'.repeat(11)}{% foo %}`),
      'template.body',
      'line 12: tag "foo" not found',
    ],
    ['an open tag', body('a\n{{ name'), 'template.body', 'line 2: output "{{ name" not closed'],
    [
      'a filter that does not exist',
      body('{{ spent | dear }}'),
      'template.body',
      'line 1: undefined filter: dear',
    ],
    [
      'a misspelt variable',
      body('a\n{% if false %}{{ nmae }}{% endif %}'),
      'template.body',
      "line 2: there is no variable 'nmae'; known are name, ",
    ],
    [
      'a name without a default',
      body('{{ name }}'),
      'template.body',
      "give it a default: {{ name | default: 'friend' }}",
    ],
    [
      'a part that no variable has',
      body("{{ name.first | upcase }}{{ name | default: 'x' }}"),
      'template.body',
      'line 1: undefined variable: name.first',
    ],
    [
      'a subject without a default',
      { template: { subject: '{{ tier }}', body: 'x' } },
      'template.subject',
      'undefined variable: tier',
    ],
    [
      'a subject that is too long',
      { template: { subject: 'x'.repeat(201), body: 'x' } },
      'template.subject',
      '200 characters',
    ],
    [
      'a subject of two lines',
      { template: { subject: 'a\nb', body: 'x' } },
      'template.subject',
      'line break',
    ],
    [
      'an endless body',
      body('{% for i in (1..1000000000) %}x{% endfor %}'),
      'template.body',
      'line 1: memory alloc limit',
    ],
    [
      'an SMS of five parts',
      { channel: 'sms', template: { body: 'x'.repeat(613) } },
      'template.body',
      'more than 4 SMS parts',
    ],
  ])('with %s is refused with its place and the way out', (_what, change, path, message) => {
    expect(slips(change)?.[0]).toEqual({ path, message: expect.stringContaining(message) });
  });

  it('may use what some customers lack, where it answers for them', () => {
    const texts = [
      "{{ name | default: 'friend' }}",
      '{% if name %}Dear {{ name }}{% endif %}, hello',
      "{% case tier %}{% when 'gold' %}gold{% else %}you{% endcase %}",
      "{% if tier == 'gold' or lifecycle == 'loyal' %}thanks{% else %}hello{% endif %}",
      "{% assign words = lifecycle | default: 'lead' | split: '-' %}{{ words | join: ' ' }}",
    ];

    for (const text of texts) expect([text, slips(body(text))]).toEqual([text, undefined]);
  });
});
