import { describe, expect, it } from 'vitest';
import { stages } from '../../lib/stages.ts';
import { type ApiCall, demandsOf } from './aws/calls.ts';
import { type Ledger, ledger } from './aws/ledger.ts';
import { ACCOUNT } from './references.ts';
import { copyOf, type Resource, type Synthesised, synthesise } from './synthesised.ts';

const [europe] = synthesise(stages.filter(({ name }) => name === 'europe'));
const PLACE = `eu-west-1:${ACCOUNT}`;

/** The accounts of one function, after its policy was changed. */
function ledgerOf(
  name: string,
  change: (policy: Resource, stage: Synthesised) => void = () => undefined,
): Ledger {
  if (europe === undefined) throw new Error('There is no stage');
  const stage = copyOf(europe);
  const fn = stage.of('AWS::Lambda::Function').find(({ properties }) => properties.Description === name);
  if (fn === undefined) throw new Error(`There is no ${name}`);
  const role = stage.at(fn, fn.properties.Role);
  for (const policy of stage.of('AWS::IAM::Policy')) {
    if (stage.at(policy, policy.properties.Roles[0]) === role) change(policy, stage);
  }
  return ledger(stage, fn);
}

const ask = ({ ask: may }: Ledger, operation: string, body: object, object?: ApiCall['object']): boolean =>
  may(demandsOf({ operation, body, ...(object === undefined ? {} : { object }) }, PLACE));

const control = { TableName: 'Control42E771B2' };

describe('the accounts of rights', () => {
  it('are settled when a function does all that it may', () => {
    const check = ledgerOf('night/check');

    expect(ask(check, 'dynamodb:GetItem', control)).toBe(true);
    expect([check.missing(), check.surplus()]).toEqual([[], []]);
  });

  it('name a right that was never used', () => {
    const check = ledgerOf('night/check');

    expect(check.surplus()).toEqual([`dynamodb:GetItem on arn:aws:dynamodb:${PLACE}:table/Control42E771B2`]);
  });

  it('name a right that was taken away', () => {
    const check = ledgerOf('night/check', ({ properties }) => {
      properties.PolicyDocument.Statement = [];
    });

    expect(ask(check, 'dynamodb:GetItem', control)).toBe(false);
    expect(check.missing()).toHaveLength(1);
  });

  it('ask about every part of a transaction and of a batch', () => {
    const score = ledgerOf('night/score');
    const customers = 'Customers6955EA0A';
    const transact = (...TransactItems: object[]) =>
      ask(score, 'dynamodb:TransactWriteItems', { TransactItems });

    expect(transact({ Update: { TableName: customers } }, { Delete: { TableName: customers } })).toBe(true);
    expect(transact({ Update: { TableName: customers } }, { Put: { TableName: customers } })).toBe(false);
    expect(transact({ Update: { TableName: 'FactsA5EA939F' } })).toBe(false);
    expect(ask(score, 'dynamodb:BatchGetItem', { RequestItems: { [customers]: {} } })).toBe(false);
  });

  it('know the folder of a file', () => {
    const archive = ledgerOf('ingest/archive-events');
    const bucket = `clientele-europe-files-${ACCOUNT}`;

    expect(ask(archive, 's3:PutObject', {}, { bucket, key: 'archive/2026/a.gz' })).toBe(true);
    expect(ask(archive, 's3:PutObject', {}, { bucket, key: 'runs/2026/a.gz' })).toBe(false);
    expect(ask(archive, 's3:GetObject', {}, { bucket, key: 'archive/2026/a.gz' })).toBe(false);
  });

  it('know the address and the configuration set of an e-mail', () => {
    const address = ledgerOf('campaigns/address-shard');
    const send = (FromEmailAddress: string, ConfigurationSetName: string) =>
      ask(address, 'ses:SendEmail', { FromEmailAddress, ConfigurationSetName });

    expect(send('news@example.com', 'clientele-europe')).toBe(true);
    expect(send('boss@example.com', 'clientele-europe')).toBe(false);
    expect(send('news@example.com', 'another')).toBe(false);
  });

  it('do not hold against a function what Lambda does in its name, on what is its own', () => {
    const sqs = (queue: string) => ({
      Effect: 'Allow',
      Action: 'sqs:ReceiveMessage',
      Resource: `arn:aws:sqs:${PLACE}:${queue}`,
    });
    const relay = ledgerOf('outbox/relay-messages', ({ properties }) => {
      properties.PolicyDocument.Statement.push(sqs('another'));
    });

    expect(relay.surplus()).toEqual([
      `events:PutEvents on arn:aws:events:${PLACE}:event-bus/clientele-europe`,
      `sqs:ReceiveMessage on arn:aws:sqs:${PLACE}:another`,
    ]);
  });
});
