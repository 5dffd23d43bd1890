import { defineEvent } from './define-event.ts';
import { impersonalFields, Member } from './member.ts';

export const memberUpdated = defineEvent({
  type: 'member.updated',
  class: 'fact',
  summary: 'What is known of a member changed; fields that are left out stay as they were.',
  version: 1,
  data: Member,
  impersonal: impersonalFields,
  needsCustomer: true,
  sample: { homeStore: 'ams-02' },
});
