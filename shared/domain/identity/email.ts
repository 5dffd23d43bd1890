import * as z from 'zod';

const Address = z.email();

/** A domain of letters of other languages; anything else in one is no letter of a domain. */
const INTERNATIONAL = /^[\p{L}\p{M}\p{N}.。-]*[^\p{ASCII}][\p{L}\p{M}\p{N}.。-]*$/u;
/** A top-level domain as the network spells it, which the schema does not know. */
const SPELT_OUT = /\.xn--[a-z0-9-]+$/;

/**
 * An e-mail address in lower case, its domain as mail servers spell it (müller.de is xn--mller-kva.de), so that both ways of
 * writing it are one. Undefined where it is none.
 */
export function readEmail(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  const at = address.lastIndexOf('@') + 1;
  const value = address.slice(0, at) + asciiOf(address.slice(at));
  return Address.safeParse(value.replace(SPELT_OUT, '.example')).success ? value : undefined;
}

function asciiOf(domain: string): string {
  const url = INTERNATIONAL.test(domain) ? URL.parse(`http://${domain}`) : null;
  return url?.hostname ?? domain;
}
