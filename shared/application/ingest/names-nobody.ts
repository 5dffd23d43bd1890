import { catalogue, type EventType } from '../../domain/events/catalogue.ts';
import { type Identifier, kindsInWords, type RefusedIdentifier } from '../../domain/identity/normalise.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** Where somebody has to be named and nobody is; what was read and refused says why. */
export const namesNobody = (
  code: 'ids-missing' | 'related-missing',
  path: 'ids' | 'relatedIds',
  who: string,
  [first]: readonly RefusedIdentifier[],
): InvalidInput =>
  new InvalidInput(
    code,
    path,
    `${path}: names nobody${first === undefined ? '' : ` (${first.kind} ${first.detail})`}; it takes ${who}, by at least one of ${kindsInWords}`,
  );

/**
 * Refuses what is about a customer and names none: a consent that was taken back by a number with a slip in it must
 * wait to be mended, not be kept where nobody will ask for it. Throws InvalidInput `ids-missing`.
 */
export function refuseOfNobody(
  type: EventType,
  identifiers: readonly Identifier[],
  refused: readonly RefusedIdentifier[],
): void {
  const { needsCustomer }: { needsCustomer?: true } = catalogue[type];
  if (needsCustomer && identifiers.length === 0)
    throw namesNobody('ids-missing', 'ids', 'the customer', refused);
}
