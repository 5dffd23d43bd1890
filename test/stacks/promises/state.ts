import { describe, expect, it } from 'vitest';
import { type Synthesised, titled } from '../synthesised.ts';

/** What must outlive every deployment. */
export const describeState = (stage: Synthesised): void => {
  describe(`state of ${stage.name}`, () => {
    const tables = stage.of('AWS::DynamoDB::GlobalTable');

    it.each(titled(tables))(
      '%s can be restored to any second and cannot be deleted by mistake',
      (_name, table) => {
        const [replica] = table.properties.Replicas;

        expect(replica.PointInTimeRecoverySpecification).toMatchObject({ PointInTimeRecoveryEnabled: true });
        expect(replica.DeletionProtectionEnabled).toBe(true);
        expect(table.deletionPolicy).toBe('Retain');
        expect(table.replacePolicy).toBe('Retain');
        expect(table.properties.BillingMode).toBe('PAY_PER_REQUEST');
      },
    );

    it.each(titled(tables))('%s has the keys and the expiry that the adapter writes', (_name, table) => {
      expect(table.properties.KeySchema).toEqual([
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ]);
      expect(table.properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true });
    });

    it('streams only what the outbox gets', () => {
      const streaming = tables.filter(({ properties }) => properties.StreamSpecification !== undefined);

      expect(streaming.map(({ id }) => id)).toEqual([expect.stringMatching(/^Outbox/)]);
    });

    it('keeps its logical ids, since a new id is a new and empty store', () => {
      const kinds = [
        'AWS::DynamoDB::GlobalTable',
        'AWS::S3::Bucket',
        'AWS::SecretsManager::Secret',
        'AWS::Cognito::UserPool',
        'AWS::Events::EventBus',
      ];
      const ids = kinds.flatMap((kind) => stage.of(kind).map(({ id }) => id));

      expect(ids).toEqual([
        'Customers6955EA0A',
        'FactsA5EA939F',
        'Vault23237E5B',
        'Control42E771B2',
        'Outbox27BBF20A',
        'AccessLogs8B620ECA',
        'Files8E6940B8',
        'Master1645C907',
        ...(stage.name === 'europe' ? ['PeopleUsersEA5C520F'] : []),
        'BusEA82B648',
      ]);
    });

    it.each(
      titled(['AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::Cognito::UserPool'].flatMap(stage.of)),
    )('%s stays when its stack goes', (_name, store) => {
      expect([store.deletionPolicy, store.replacePolicy]).toEqual(['Retain', 'Retain']);
    });

    it.each(titled(stage.of('AWS::S3::Bucket')))('%s is closed to the public', (_name, bucket) => {
      expect(Object.values(bucket.properties.PublicAccessBlockConfiguration)).toEqual([
        true,
        true,
        true,
        true,
      ]);
    });
  });
};
