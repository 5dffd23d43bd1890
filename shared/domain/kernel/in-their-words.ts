import { InvalidInput } from './errors.ts';

/** A complaint about a field of ours, by what it was made of: a field of a message, an option. Who wrote that knows no other. */
export function inTheirWords(error: InvalidInput, theirs: (path: string) => string): InvalidInput {
  const { code, path, message, more } = error;
  const named = theirs(path);
  if (named === path) return error;
  const words = message.startsWith(`${path}:`) ? `${named}${message.slice(path.length)}` : message;
  return new InvalidInput(code, named, words, { more, cause: error });
}
