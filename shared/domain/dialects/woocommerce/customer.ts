import type { RawEvent } from '../../import/raw-event.ts';
import { textAt } from '../required.ts';
import { fullName, idsOf, personChanged, postalAddress } from '../shop-people.ts';
import { firstText, objectIn, stated, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';
import { instantAt } from './money.ts';

/** The shop knows nothing of consent to marketing; that is told by whoever asks for it. */
export function customerOf(customer: Told, context: ShopContext): RawEvent[] {
  const billing = objectIn(customer['billing']);
  const email = firstText(customer, 'email') ?? firstText(billing, 'email');
  const name =
    fullName(firstText(customer, 'first_name'), firstText(customer, 'last_name')) ??
    fullName(firstText(billing, 'first_name'), firstText(billing, 'last_name'));
  const address = postalAddress({
    street: firstText(billing, 'address_1'),
    more: firstText(billing, 'address_2'),
    city: firstText(billing, 'city'),
    region: firstText(billing, 'state'),
    postcode: firstText(billing, 'postcode'),
    country: firstText(billing, 'country'),
  });
  const person = {
    shop: 'woocommerce',
    customer: textAt(customer, 'id'),
    changedAt: instantAt(customer, 'date_modified_gmt', 'date_created_gmt'),
    ids: idsOf(email, firstText(billing, 'phone')),
  } as const;
  return personChanged(person, stated({ name, address }), context);
}
