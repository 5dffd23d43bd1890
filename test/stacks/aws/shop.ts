const DAY = 86_400_000;

export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
/** As a business date. */
export const yesterday = daysAgo(1).slice(0, 10);

/** Somebody who was enrolled and said yes to messages; the first one took it back. */
const enrolled = (member: string, index: number) => [
  {
    id: `enrol-${member}`,
    type: 'member.enrolled',
    occurredAt: daysAgo(300),
    ids: { member, email: `${member}@example.com`, phone: `+316123456${10 + index}` },
    data: { name: `Member ${member}`, language: 'nl' },
  },
  ...['email', 'sms'].map((channel) => ({
    id: `consent-${channel}-${member}`,
    type: 'consent.changed',
    occurredAt: daysAgo(300),
    ids: { member },
    data: { channel, status: index === 0 ? 'withdrawn' : 'granted' },
  })),
];

export const sale = (ids: Readonly<Record<string, string>>, receipt: string, days: number) => ({
  type: 'sale.recorded',
  occurredAt: daysAgo(days),
  ids,
  data: {
    store: 'ams-01',
    receipt,
    lines: [{ sku: 'TEA', quantity: 2, unitPrice: 500, category: 'tea' }],
  },
});

/** A phone that nobody was enrolled with. */
export const STRAY = '+31687654321';

const members = Array.from({ length: 20 }, (_, index) => `m-${index}`);

/** Twenty members with one to four purchases each, and somebody who only said a phone number. */
export const history: readonly object[] = [
  ...members.flatMap((member, index) => [
    ...enrolled(member, index),
    ...Array.from({ length: 1 + (index % 4) }, (_, receipt) =>
      sale({ member }, `r-${member}-${receipt}`, 5 + receipt * 40 + index),
    ),
  ]),
  sale({ phone: STRAY }, 'r-stray', 3),
];

/** What SES tells of a message that did not arrive. */
export const bounce = (campaign: string, customer: string, address: string) => ({
  eventType: 'Bounce',
  mail: { timestamp: daysAgo(0), tags: { campaign: [campaign], customer: [customer] } },
  bounce: {
    bounceType: 'Permanent',
    bouncedRecipients: [{ emailAddress: address }],
    timestamp: daysAgo(0),
  },
});
