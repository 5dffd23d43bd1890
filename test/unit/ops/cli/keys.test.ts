import { describe, expect, it } from 'vitest';
import { asTyped, newKey } from '../../../../ops/cli/keys.ts';
import { InvalidInput } from '../../../../shared/domain/kernel/errors.ts';

describe('the words of a new key', () => {
  it.each([
    [{ source: 'till-1' }, { kind: 'bearer', grant: { kind: 'source', name: 'till-1' } }],
    [
      { source: 'till-1', store: ['ams-01'] },
      { kind: 'bearer', grant: { kind: 'source', name: 'till-1', stores: ['ams-01'] } },
    ],
    [
      { source: 'till-1', signing: true },
      { kind: 'signing', grant: { kind: 'source', name: 'till-1' } },
    ],
    [
      { person: 'Ann', roles: 'ops, clerk,', expires: '2027-01-01T00:00:00Z' },
      {
        kind: 'bearer',
        expiresAt: '2027-01-01T00:00:00Z',
        grant: { kind: 'person', name: 'Ann', roles: ['ops', 'clerk'] },
      },
    ],
  ])('%j are read', (words, key) => {
    expect(newKey(words)).toEqual(key);
  });

  it('say a role once that was typed twice', () => {
    expect(newKey({ person: 'Ann', roles: 'clerk,ops,clerk' })).toMatchObject({
      grant: { roles: ['clerk', 'ops'] },
    });
  });

  it.each([
    ['grant.roles.1', '--roles'],
    ['grant.stores.0', '--store'],
    ['grant.name', '--source or --person'],
    ['grant', '--signing'],
    ['expiresAt', '--expires'],
    ['elsewhere', 'elsewhere'],
  ])('are refused by the option that was typed, where the key has %s', (path, option) => {
    expect(() => asTyped(new InvalidInput('c', path, `${path}: is wrong`))).toThrow(
      expect.objectContaining({ code: 'c', path: option, message: `${option}: is wrong` }),
    );
  });

  it.each([
    ['nobody is named', {}, 'no-owner', /--source <name>, or --person <name> --roles/],
    ['a person has no roles', { person: 'Ann' }, 'no-roles', /marketer, analyst, clerk, privacy, ops/],
    [
      'a person has stores',
      { person: 'Ann', roles: 'ops', store: ['ams-01'] },
      'stores-are-for-sources',
      /--source/,
    ],
    ['a source has roles', { source: 'till', roles: 'ops' }, 'roles-are-for-people', /--person/],
  ])('are refused where %s, saying what to write', (_, words, code, way) => {
    expect(() => newKey(words)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(way) }),
    );
  });
});
