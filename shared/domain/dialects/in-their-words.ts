import { InvalidInput } from '../kernel/errors.ts';

/** A complaint about an event, by the field of the message that it was made of: its sender knows no other. */
export function inTheirWords(error: InvalidInput, theirs: (path: string) => string): InvalidInput {
  const { code, path, message, more } = error;
  const named = theirs(path);
  if (named === path) return error;
  const words = message.startsWith(`${path}:`) ? `${named}${message.slice(path.length)}` : message;
  return new InvalidInput(code, named, words, { more, cause: error });
}
