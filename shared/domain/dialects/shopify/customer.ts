import type { ContactChannel } from '../../events/consent-changed.ts';
import type { RawEvent } from '../../import/raw-event.ts';
import { instantIn } from '../instants.ts';
import { textAt, timeAt } from '../required.ts';
import { consentSaid, fullName, idsOf, personChanged, postalAddress } from '../shop-people.ts';
import { firstText, objectIn, stated, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';

/** The shop's own number of a customer is no member number: it names nobody at a till. */
export function customerOf(customer: Told, context: ShopContext): RawEvent[] {
  const id = textAt(customer, 'id');
  const email = firstText(customer, 'email');
  const phone = firstText(customer, 'phone');
  const person = {
    shop: 'shopify',
    customer: id,
    changedAt: timeAt(customer, 'updated_at'),
    ids: idsOf(email, phone),
  } as const;
  return [
    ...personChanged(person, memberOf(customer), context),
    ...wordOf(id, 'email', objectIn(customer['email_marketing_consent']), email, context),
    ...wordOf(id, 'sms', objectIn(customer['sms_marketing_consent']), phone, context),
  ];
}

/** The messages that tell of consent alone. */
export function consentOf(message: Told, channel: ContactChannel, context: ShopContext): RawEvent[] {
  const consent = objectIn(message[`${channel}_marketing_consent`]);
  const address =
    channel === 'email' ? firstText(message, 'email_address', 'email') : firstText(message, 'phone');
  return wordOf(textAt(message, 'customer_id'), channel, consent, address, context);
}

function memberOf(customer: Told): Told {
  const address = objectIn(customer['default_address']);
  const where = postalAddress({
    street: firstText(address, 'address1'),
    more: firstText(address, 'address2'),
    city: firstText(address, 'city'),
    region: firstText(address, 'province'),
    postcode: firstText(address, 'zip'),
    country: firstText(address, 'country_code', 'country'),
  });
  return stated({
    name: fullName(firstText(customer, 'first_name'), firstText(customer, 'last_name')),
    address: where,
  });
}

/** Said by nobody is neither yes nor no, and a word without its time cannot be set against another. */
function wordOf(
  customer: string,
  channel: ContactChannel,
  consent: Told,
  address: string | undefined,
  context: ShopContext,
): RawEvent[] {
  const at = instantIn(consent, 'consent_updated_at');
  const state = firstText(consent, 'state')?.toLowerCase();
  const status = state === 'subscribed' ? 'granted' : state === 'unsubscribed' ? 'withdrawn' : undefined;
  if (at === undefined || status === undefined) return [];
  return consentSaid({ shop: 'shopify', customer, channel, status, at, address }, context);
}
