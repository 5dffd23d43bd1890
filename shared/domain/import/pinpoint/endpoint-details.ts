import { checkedDetails } from '../members/checked-details.ts';
import type { Fault } from '../members/said.ts';
import type { Endpoint } from './endpoint.ts';

type Attributes = NonNullable<NonNullable<Endpoint['User']>['UserAttributes']>;

const firstOf = (value: Attributes[string] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) || undefined;

/** Names are attributes that every retailer called as he liked; these are the ones of the examples. */
function nameOf(attributes: Attributes): string | undefined {
  const named = new Map(
    Object.entries(attributes).map(([name, value]) => [
      name.toLowerCase().replace(/[^a-z]/g, ''),
      firstOf(value),
    ]),
  );
  const parts = [named.get('firstname'), named.get('lastname')].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : (named.get('fullname') ?? named.get('name'));
}

/** Where an export has what we call otherwise. */
const exported: Readonly<Record<string, string>> = {
  name: 'User.UserAttributes',
  language: 'Demographic.Locale',
  city: 'Location.City',
  country: 'Location.Country',
  postcode: 'Location.PostalCode',
  region: 'Location.Region',
};

/** What an endpoint tells of its owner, beside the address. */
export function detailsOf(endpoint: Endpoint, leftOut: Fault[]): Record<string, unknown> {
  const { Demographic, Location, User } = endpoint;
  const attributes = endpoint.Attributes ?? {};
  const userAttributes = User?.UserAttributes ?? {};
  const { City, Country, PostalCode, Region } = Location ?? {};
  const address = filled({ city: City, country: Country, postcode: PostalCode, region: Region });
  const details = filled({
    name: nameOf(userAttributes) ?? nameOf(attributes),
    language: Demographic?.Locale?.replace('_', '-'),
    address: unlessEmpty(address),
    userAttributes: unlessEmpty(userAttributes),
    attributes: unlessEmpty(attributes),
    metrics: unlessEmpty(endpoint.Metrics ?? {}),
  });
  const checked = checkedDetails(details);
  for (const { field, part, message } of checked.refused) {
    const column = exported[part ?? field] ?? field;
    leftOut.push({ code: 'invalid-cell', column, message: `${column}: ${message}` });
  }
  return checked.details;
}

const filled = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );

const unlessEmpty = (values: object): object | undefined =>
  Object.keys(values).length === 0 ? undefined : values;
