import { describe, expect, it } from 'vitest';
import { readStages, type StageInput } from '../../lib/stage-schema.ts';

const sound: StageInput = {
  name: 'test',
  region: 'eu-west-1',
  settings: { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' },
  email: { kind: 'outbox' },
  sms: { kind: 'outbox' },
  auth: { kind: 'oidc', issuer: 'https://login.example.com', audience: 'clientele' },
};

describe('a stage that says nothing of its watch', () => {
  it('is watched all the same: against a small budget, heard by nobody', () => {
    expect(readStages([sound])[0]).toMatchObject({ monthlyBudget: 200, operators: [] });
  });
});

describe('a stage whose watch cannot be set', () => {
  it.each([
    [{ monthlyBudget: 0 }, "stage 'test', monthlyBudget"],
    [
      { operators: Array.from({ length: 11 }, (_, index) => `ops-${index}@example.com`) },
      "stage 'test', operators: takes at most 10 addresses; write that of a mailing list",
    ],
    [{ operators: ['the ops team'] }, "stage 'test', operators.0"],
  ])('is refused: %j', (change, complaint) => {
    expect(() => readStages([{ ...sound, ...change }])).toThrow(complaint);
  });
});
