import { describe, expect, it } from 'vitest';
import { personOf } from '../../../../functions/_shell/caller.ts';

const rolesIn = (claim: unknown) => {
  const person = personOf({ sub: 'ada', roles: claim }, 'roles');
  return person.kind === 'person' ? person.roles : undefined;
};

describe('a person with a token', () => {
  it.each([
    ['a list as the HTTP API writes it', '[marketer ops]'],
    ['words', 'marketer ops'],
    ['words with commas', 'marketer,ops'],
    ['a list in JSON', '["marketer","ops"]'],
    ['a list', ['marketer', 'ops']],
  ])('has the roles of %s', (_form, claim) => {
    expect(rolesIn(claim)).toEqual(['marketer', 'ops']);
  });

  it.each([[undefined], [''], ['[]'], ['owner'], [7]])('has no role from %j', (claim) => {
    expect(rolesIn(claim)).toEqual([]);
  });

  it('is known by the subject, and its roles by the claim that the stage names', () => {
    expect(personOf({ sub: 'u-1', 'cognito:groups': '[clerk]', roles: 'ops' }, 'cognito:groups')).toEqual({
      kind: 'person',
      name: 'u-1',
      roles: ['clerk'],
    });
  });
});
