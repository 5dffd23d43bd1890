import type { MemberMappingInput } from './member-mapping.ts';

/** Mappings of well-known files, by the name under which the command line takes them. */
export const memberPresets: Readonly<Record<string, MemberMappingInput>> = {
  /** The customers of a Shopify shop, as its admin exports them. Its consents carry no time: add `since` in a mapping of your own. */
  'shopify-customers': {
    columns: {
      member: 'Customer ID',
      firstName: 'First Name',
      lastName: 'Last Name',
      email: 'Email',
      phone: 'Phone',
      street: 'Default Address Address1',
      city: 'Default Address City',
      region: 'Default Address Province Code',
      country: 'Default Address Country Code',
      postcode: 'Default Address Zip',
    },
    consents: [
      {
        channel: 'email',
        column: 'Accepts Email Marketing',
        yes: ['yes'],
        no: ['no'],
        evidence: 'Shopify: Accepts Email Marketing',
      },
      {
        channel: 'sms',
        column: 'Accepts SMS Marketing',
        yes: ['yes'],
        no: ['no'],
        evidence: 'Shopify: Accepts SMS Marketing',
      },
    ],
    leaveOut: [
      'Default Address Company',
      'Default Address Address2',
      'Default Address Phone',
      'Total Spent',
      'Total Orders',
      'Note',
      'Tax Exempt',
      'Tags',
    ],
  },
};
