import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossInWords } from '../../../../ops/deploy/in-words.ts';
import { type Loss, lossesIn } from '../../../../ops/deploy/losses.ts';
import { stackChange } from '../../../../ops/deploy/stack-change.ts';
import { lostWith, replaceable } from '../../../../ops/deploy/stateful.ts';

type Resources = Readonly<Record<string, object>>;

const between = (before: Resources, after: Resources): readonly Loss[] =>
  lossesIn([stackChange('data', { Resources: before }, { Resources: after })]);

const table = (change: object = {}, more: object = {}) => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  DeletionPolicy: 'Retain',
  ...more,
  Properties: {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    ...change,
  },
});
const secret = (length: number) => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: { GenerateSecretString: { PasswordLength: length } },
});
const bus = (name: string) => ({ Type: 'AWS::Events::EventBus', Properties: { Name: name } });

describe('a deployment loses', () => {
  it('a table whose construct was renamed, and says what it may be called now', () => {
    const [loss, ...others] = between({ Customers1: table() }, { Clients2: table() });

    expect(others).toEqual([]);
    expect(loss).toMatchObject({
      id: 'data/Customers1',
      fate: 'left behind',
      loses: 'its items',
      successor: 'data/Clients2',
    });
  });

  it('several that were renamed, each with the new one most like it, wherever that stands', () => {
    const queue = { Type: 'AWS::SQS::Queue' };
    const losses = lossesIn([
      stackChange(
        'a',
        { Resources: { FoldWork1: queue, NightWork2: queue } },
        { Resources: { FoldTodo3: queue } },
      ),
      stackChange('b', { Resources: {} }, { Resources: { NightWork2: queue, NightTable4: table() } }),
    ]);

    expect(losses.map(({ id, successor }) => [id, successor])).toEqual([
      ['a/FoldWork1', 'a/FoldTodo3'],
      ['a/NightWork2', 'b/NightWork2'],
    ]);
  });

  it('a queue that is taken out of the templates', () => {
    const [loss] = between({ Work: { Type: 'AWS::SQS::Queue' } }, {});

    expect(loss).toMatchObject({ id: 'data/Work', fate: 'deleted', successor: undefined });
  });

  it('a table whose keys are others, and names the property with its old value', () => {
    const keys = [{ AttributeName: 'id', KeyType: 'HASH' }];
    const [loss] = between({ Customers: table() }, { Customers: table({ KeySchema: keys }) });

    expect(loss).toMatchObject({
      fate: 'replaced',
      properties: [{ name: 'KeySchema', was: table().Properties.KeySchema }],
    });
  });

  it('a bus that gets another name', () => {
    expect(between({ Bus: bus('shop') }, { Bus: bus('store') })).toMatchObject([
      { id: 'data/Bus', fate: 'replaced', properties: [{ name: 'Name', was: 'shop' }] },
    ]);
  });

  it('what becomes something else under the same id', () => {
    expect(between({ Thing: table() }, { Thing: bus('shop') })).toMatchObject([
      { type: 'AWS::DynamoDB::GlobalTable', fate: 'replaced' },
    ]);
  });

  it('what is replaced because something is that it refers to', () => {
    const group = {
      Type: 'AWS::Cognito::UserPoolGroup',
      Properties: { GroupName: 'ops', UserPoolId: { Ref: 'Pool' } },
    };
    const pool = { Type: 'AWS::Cognito::UserPool', Properties: {} };

    expect(
      between({ Pool: pool, Group: group }, { Pool: bus('x'), Group: group }).map(({ id }) => id),
    ).toEqual(['data/Pool', 'data/Group']);
  });

  it('the value of a secret that would be drawn anew', () => {
    expect(between({ Master: secret(43) }, { Master: secret(44) })).toMatchObject([
      { fate: 'rewritten', properties: [{ name: 'GenerateSecretString', was: { PasswordLength: 43 } }] },
    ]);
  });

  it('what a stream still holds when it is made anew', () => {
    const without = table({ StreamSpecification: undefined });

    expect(between({ Outbox: table() }, { Outbox: without })).toMatchObject([{ fate: 'rewritten' }]);
    expect(between({ Outbox: without }, { Outbox: table() })).toEqual([]);
  });

  it('what CloudFormation may replace, depending on more than the template says', () => {
    const database = (Engine: string) => ({ Type: 'AWS::RDS::DBInstance', Properties: { Engine } });

    expect(between({ Db: database('mysql') }, { Db: database('postgres') })).toMatchObject([
      { fate: 'perhaps replaced', properties: [{ name: 'Engine', was: 'mysql' }] },
    ]);
  });

  it('a resource of a type that nobody has thought about', () => {
    expect(between({ Files: { Type: 'AWS::EFS::FileSystem' } }, {})).toMatchObject([
      { loses: expect.stringContaining('ops/deploy/stateful.ts does not know the type') },
    ]);
  });

  it('everything that holds something and is made anew', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(lostWith)), (Type) => {
        expect(between({ Old: { Type } }, { New: { Type } })).toMatchObject([{ loses: lostWith[Type] }]);
      }),
    );
  });
});

describe('a deployment loses nothing', () => {
  it('by adding tables, changing what may be changed, or doing nothing', () => {
    const point = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };

    expect(between({}, { Customers: table() })).toEqual([]);
    expect(between({ Customers: table() }, { Customers: table(point), Facts: table() })).toEqual([]);
    expect(between({ Customers: table() }, { Customers: table() })).toEqual([]);
    expect(between({ Customers: table() }, { Customers: table({}, { DeletionPolicy: 'Delete' }) })).toEqual(
      [],
    );
  });

  it('by making anew what holds nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...replaceable), (Type) => {
        expect(between({ Old: { Type } }, { New: { Type } })).toEqual([]);
      }),
    );
  });
});

describe('a loss in words', () => {
  const base = {
    id: 'data/X',
    type: 'AWS::S3::Bucket',
    loses: 'its files',
    properties: [],
    successor: undefined,
  };

  it('of a construct that is gone names the way back and the way on', () => {
    expect(lossInWords({ ...base, fate: 'deleted' })).toBe(
      [
        'data/X (AWS::S3::Bucket) would be deleted, and with it its files.',
        '  Put its construct back.',
        '  If it is meant: save first what it holds, then add --give-up data/X',
      ].join('\n'),
    );
  });

  it('of a renamed construct names the new one', () => {
    expect(lossInWords({ ...base, fate: 'left behind', successor: 'data/Y' })).toContain(
      'New is data/Y: if the construct was renamed or moved, give it back its old id and place.',
    );
  });

  it('of a property names it and what it was, shortly', () => {
    const words = lossInWords({
      ...base,
      fate: 'replaced',
      properties: [
        { name: 'BucketName', was: 'shop' },
        { name: 'Long', was: 'x'.repeat(500) },
        { name: 'ObjectLockEnabled', was: undefined },
      ],
    });

    expect(words).toContain('would be replaced because of BucketName, Long, ObjectLockEnabled, and with it');
    expect(words).toContain('  Write BucketName as it was: "shop"\n');
    expect(words).toContain('x…\n');
    expect(words).toContain('  Write ObjectLockEnabled as it was: left out\n');
    expect(words).not.toContain('Put its construct back');
  });
});
