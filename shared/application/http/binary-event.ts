import { SIGNING_SCHEME } from '../../contracts/signing.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { parseJson } from './dispatch.ts';

/** The attributes that are read; others of a CloudEvent say nothing here. */
const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'time'] as const;

/**
 * The body as text, with the attributes that CloudEvents' binary mode puts into headers, so that what follows knows
 * one form only. A request without `ce-specversion` stays as it is. Throws InvalidInput `malformed-json`, and
 * `headers-not-signed` where a signature covers the body alone: who records it could say anything around it.
 */
export function withAttributes(text: string, header: (name: string) => string | undefined): string {
  if (header('ce-specversion') === undefined) return text;
  if (isSigned(header('authorization'))) throw notSigned();
  const told = ATTRIBUTES.flatMap((name) => {
    const value = header(`ce-${name}`);
    return value === undefined ? [] : [[name, decoded(value)]];
  });
  return JSON.stringify({
    ...Object.fromEntries(told),
    datacontenttype: header('content-type'),
    data: parseJson(text),
  });
}

const isSigned = (authorization = ''): boolean =>
  authorization.trim().toLowerCase().startsWith(SIGNING_SCHEME.toLowerCase());

const notSigned = (): InvalidInput =>
  new InvalidInput(
    'headers-not-signed',
    'ce-specversion',
    'ce-specversion: the signature covers the body, not the headers; send the CloudEvent as JSON, with its attributes in the body',
  );

/** Header values are percent-encoded where they are not printable ASCII. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
