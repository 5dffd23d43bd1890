import * as z from 'zod';
import type { RawEvent } from '../../import/raw-event.ts';
import { textAt, timeAt } from '../required.ts';
import { consentSaid, fullName, idsOf, personChanged, postalAddress } from '../shop-people.ts';
import { firstText, objectIn, stated, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';

/** Square knows who unsubscribed from its e-mails, and of nobody that they agreed. */
export function customerOf(told: Told, context: ShopContext): RawEvent[] {
  const customer = objectIn(told['customer']);
  const id = textAt(customer, 'id', 'customer.id');
  const email = firstText(customer, 'email_address');
  const at = timeAt(customer, 'updated_at', 'created_at');
  const person = {
    shop: 'square',
    customer: id,
    changedAt: at,
    ids: idsOf(email, firstText(customer, 'phone_number')),
  } as const;
  const word = { shop: 'square', customer: id, channel: 'email', status: 'withdrawn', at } as const;
  const left = objectIn(customer['preferences'])['email_unsubscribed'] === true;
  return [
    ...personChanged(person, memberOf(customer), context),
    ...(left ? consentSaid({ ...word, address: email }, context) : []),
  ];
}

const Birthday = z.iso.date();

function memberOf(customer: Told): Told {
  const address = objectIn(customer['address']);
  const where = postalAddress({
    street: firstText(address, 'address_line_1'),
    more: firstText(address, 'address_line_2'),
    city: firstText(address, 'locality'),
    region: firstText(address, 'administrative_district_level_1'),
    postcode: firstText(address, 'postal_code'),
    country: firstText(address, 'country'),
  });
  // A year of 0000 stands for one that nobody told.
  const birthday = Birthday.safeParse(firstText(customer, 'birthday')).data;
  return stated({
    name: fullName(firstText(customer, 'given_name'), firstText(customer, 'family_name')),
    birthday: birthday?.startsWith('0000') === true ? undefined : birthday,
    address: where,
  });
}
