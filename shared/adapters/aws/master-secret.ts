import { createHash } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Defect } from '../../domain/kernel/errors.ts';

/** Characters; random ones of letters and digits carry more than the 128 bits that identifiers keep of a hash. */
const SHORTEST = 32;

/**
 * Fetches the keyring's master secret, whatever random text it is; the caller keeps it, since each fetch costs a
 * call and time. Throws Defect `invalid-master`.
 */
export async function masterSecret(client: SecretsManagerClient, secretId: string): Promise<Uint8Array> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString.length < SHORTEST) {
    throw new Defect(
      'invalid-master',
      `The secret ${secretId} has ${SecretString.length} characters, at least ${SHORTEST} random ones are needed; set it once, before the first event`,
    );
  }
  return new Uint8Array(createHash('sha256').update(SecretString).digest());
}
