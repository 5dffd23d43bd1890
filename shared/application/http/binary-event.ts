import { parseJson } from './dispatch.ts';

/** The attributes that are read; others of a CloudEvent say nothing here. */
const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'time'] as const;

/**
 * The body as text, with the attributes that CloudEvents' binary mode puts into headers, so that what follows knows
 * one form only. A request without `ce-specversion` stays as it is. Throws InvalidInput `malformed-json`.
 */
export function withAttributes(text: string, header: (name: string) => string | undefined): string {
  if (header('ce-specversion') === undefined) return text;
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

/** Header values are percent-encoded where they are not printable ASCII. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
