import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { masterSecret } from '../../shared/adapters/aws/master-secret.ts';

const mock = mockClient(SecretsManagerClient);
const client = new SecretsManagerClient({ region: 'eu-west-1' });
const TEXT = 'q7Rk2vXw9TzLm4NcY8aBdE5fGhJ3pKsU6iOoW1xZyVu';

beforeEach(() => {
  mock.reset();
});

describe('the master secret', () => {
  it('is made of whatever random text the secret holds, the same every time', async () => {
    mock.on(GetSecretValueCommand, { SecretId: 'clientele/master' }).resolves({ SecretString: TEXT });

    const [once, again] = [
      await masterSecret(client, 'clientele/master'),
      await masterSecret(client, 'clientele/master'),
    ];

    expect(once).toHaveLength(32);
    expect(again).toEqual(once);
  });

  it('differs between secrets', async () => {
    mock
      .on(GetSecretValueCommand)
      .resolvesOnce({ SecretString: TEXT })
      .resolves({ SecretString: `${TEXT}!` });

    expect(await masterSecret(client, 'a')).not.toEqual(await masterSecret(client, 'b'));
  });

  it.each(['', 'short', 'x'.repeat(31)])(
    'is refused when it is "%s", without repeating it',
    async (SecretString) => {
      mock.on(GetSecretValueCommand).resolves({ SecretString });

      const reading = masterSecret(client, 'clientele/master');

      await expect(reading).rejects.toMatchObject({ code: 'invalid-master' });
      if (SecretString !== '') await expect(reading).rejects.not.toThrow(SecretString);
    },
  );
});
