import { describe, expect, it } from 'vitest';
import { roles } from '../../../../../shared/contracts/route.ts';
import { shown, sightOf } from '../../../../../shared/domain/customers/mask.ts';

const ada = { name: 'Ada Vermeer', email: 'ada@example.com', phone: '+31612345678' } as const;
const masked = { name: 'A** V******', email: 'a**@example.com', phone: '+31*******78' };

describe('what a role sees of a customer', () => {
  it.each([
    ['clerk', { name: masked.name, phone: masked.phone }, ['record', 'facts']],
    ['marketer', masked, ['record', 'insight', 'facts']],
    ['analyst', {}, ['record', 'insight', 'facts']],
    ['privacy', ada, ['record', 'insight', 'facts', 'words']],
    ['ops', {}, []],
  ] as const)('%s', (role, contact, parts) => {
    const sight = sightOf([role]);
    const seen = (Object.keys(ada) as (keyof typeof ada)[]).flatMap((field) => {
      const value = shown(field, ada[field], sight);
      return value === undefined ? [] : [[field, value]];
    });

    expect(Object.fromEntries(seen)).toEqual(contact);
    expect(sight.parts).toEqual(parts);
  });

  it('is of several roles the most, and of none nothing', () => {
    expect(sightOf(['clerk', 'analyst'])).toEqual({
      contact: { name: 'masked', email: 'hidden', phone: 'masked' },
      parts: ['record', 'insight', 'facts'],
    });
    expect(sightOf(roles)).toEqual(sightOf(['privacy']));
    expect(sightOf([])).toEqual(sightOf(['ops']));
  });
});
