import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Contact, remember } from '../../../../../shared/domain/campaigns/contacts.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-03-01T00:00:00.000Z');
const contact = (campaign: string, day: number): Contact => ({
  campaign,
  at: new Date(START + day * DAY).toISOString(),
});

const anyContact = fc
  .tuple(fc.constantFrom('spring', 'summer'), fc.nat(30))
  .map(([campaign, day]) => contact(campaign, day));
const rememberAll = (contacts: readonly Contact[], days: number): readonly Contact[] =>
  contacts.reduce<readonly Contact[]>((known, one) => remember(known, one, days), []);

describe('the contacts of a customer', () => {
  it('are kept while a cap can count them, the oldest first', () => {
    const contacts = [contact('winter', 1), contact('spring', 5)];

    expect(remember(contacts, contact('summer', 8), 7)).toEqual([contact('spring', 5), contact('summer', 8)]);
  });

  it('keep a contact that is told late and still counts, and drop one that does not', () => {
    const known = [contact('summer', 8)];

    expect(remember(known, contact('spring', 2), 7)).toEqual([contact('spring', 2), contact('summer', 8)]);
    expect(remember(known, contact('spring', 1), 7)).toEqual(known);
  });

  it('are all kept where a time cannot be read', () => {
    const known = [contact('winter', 1), { campaign: 'spring', at: 'yesterday' }];

    expect(remember(known, contact('summer', 20), 7)).toHaveLength(3);
  });

  it('keep two campaigns of one instant', () => {
    expect(rememberAll([contact('summer', 1), contact('spring', 1)], 7)).toEqual([
      contact('spring', 1),
      contact('summer', 1),
    ]);
  });

  it('are the same in whatever order and however often they are told', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyContact, { minLength: 1, maxLength: 8 })
          .chain((contacts) =>
            fc.tuple(
              fc.constant(contacts),
              fc.shuffledSubarray([...contacts, ...contacts], { minLength: 2 * contacts.length }),
            ),
          ),
        fc.integer({ min: 1, max: 20 }),
        ([contacts, told], days) => {
          expect(rememberAll(told, days)).toEqual(rememberAll(contacts, days));
        },
      ),
    );
  });
});
