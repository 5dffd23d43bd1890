import type { Route } from '../../contracts/route.ts';
import type { Shown } from './access.ts';
import type { RawBody } from './raw-body.ts';

interface Sent {
  readonly authorization: string | undefined;
  /** As it was sent, for signatures. */
  readonly body: RawBody;
  /** The same, unpacked. */
  readonly text: string;
}

/** What a request to this route shows of its sender; only SDKs may put the key into the body. */
export function shownBy({ forSdks }: Route, { authorization, body, text }: Sent): Shown {
  const key = forSdks === true && authorization === undefined ? writeKeyIn(text) : undefined;
  return { authorization, body, ...(key === undefined ? {} : { key }) };
}

/** Browsers put the write key into the body, since a header of its own would cost them a request beforehand. */
function writeKeyIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const key = typeof body === 'object' && body !== null && 'writeKey' in body ? body.writeKey : undefined;
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}
