import { createHmac } from 'node:crypto';

interface Signing {
  readonly id: string;
  readonly secret: string;
  /** Unix seconds. */
  readonly time: number | string;
}

/** The Authorization header of a till that signs; written from the documentation, not from our code. */
export function signedBy({ id, secret, time }: Signing, body: string | Uint8Array): string {
  const signature = createHmac('sha256', secret).update(`${time}.${id}.`).update(body).digest('hex');
  return `Clientele-HMAC-SHA256 key=${id}, time=${time}, signature=${signature}`;
}
