import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** 32 bytes in base64, with or without its padding. 43 random letters and digits are such a text too. */
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=?$/;

/** Fetches the keyring's master secret; the caller keeps it, since each fetch costs a call and time. */
export async function masterSecret(client: SecretsManagerClient, secretId: string): Promise<Uint8Array> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (!BASE64_OF_32_BYTES.test(SecretString)) {
    throw new InvalidInput(
      'invalid-master',
      secretId,
      `The secret ${secretId} holds ${SecretString.length} characters that are not 32 bytes in base64; set it once, before the first event`,
    );
  }
  return new Uint8Array(Buffer.from(SecretString, 'base64'));
}
