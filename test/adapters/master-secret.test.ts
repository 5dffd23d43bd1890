import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { masterSecret } from '../../shared/adapters/aws/master-secret.ts';

const mock = mockClient(SecretsManagerClient);
const client = new SecretsManagerClient({ region: 'eu-west-1' });
const bytes = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);

beforeEach(() => {
  mock.reset();
});

describe('the master secret', () => {
  it.each([
    ['with padding', Buffer.from(bytes).toString('base64')],
    ['without padding', Buffer.from(bytes).toString('base64').slice(0, -1)],
  ])('is read from base64 %s', async (_, SecretString) => {
    mock.on(GetSecretValueCommand, { SecretId: 'clientele/master' }).resolves({ SecretString });

    expect(await masterSecret(client, 'clientele/master')).toEqual(bytes);
  });

  it.each(['', 'c2hvcnQ=', 'x'.repeat(64), `${'-'.repeat(43)}=`])(
    'is refused when it is "%s"',
    async (SecretString) => {
      mock.on(GetSecretValueCommand).resolves({ SecretString });

      const reading = masterSecret(client, 'clientele/master');

      await expect(reading).rejects.toMatchObject({ code: 'invalid-master', path: 'clientele/master' });
      if (SecretString !== '') await expect(reading).rejects.not.toThrow(SecretString);
    },
  );
});
