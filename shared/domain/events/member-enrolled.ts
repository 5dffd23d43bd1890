import { defineEvent } from './define-event.ts';
import { impersonalFields, Member } from './member.ts';

export const memberEnrolled = defineEvent({
  type: 'member.enrolled',
  class: 'fact',
  summary: 'Somebody joined. E-mail address and phone among the ids are kept for writing to them.',
  version: 1,
  data: Member,
  impersonal: impersonalFields,
  needsCustomer: true,
  sample: {
    name: 'Ada Vermeer',
    language: 'nl',
    homeStore: 'ams-01',
    birthday: '1988-05-17',
    address: {
      street: 'Kerkstraat',
      houseNumber: '1',
      postcode: '1017 GA',
      city: 'Amsterdam',
      country: 'NL',
    },
  },
});
