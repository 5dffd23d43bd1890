import type { RawEvent } from '../../import/raw-event.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { firstText, objectIn, stated, type Told, textIn } from '../told.ts';
import { type Frame, requireSomebody, traitsOf } from './frame.ts';

/** Traits that become identifiers, or fields of a member; the others are kept as they are, sealed. */
const READ = [
  'email',
  'phone',
  'name',
  'firstName',
  'lastName',
  'birthday',
  'address',
  'language',
  'homeStore',
];

/** These may be seen, so they must look like what they are: no address hides in a language. */
const LANGUAGE = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;

const member = (traits: Told, context: Told) => ({
  ...Object.fromEntries(
    Object.entries(traits).filter(([name, value]) => !READ.includes(name) && value !== null),
  ),
  ...stated({
    name: nameIn(traits),
    birthday: firstText(traits, 'birthday')?.slice(0, 10),
    address: addressIn(traits['address']),
    language: languageIn(firstText(traits, 'language') ?? firstText(context, 'locale')),
    homeStore: firstText(traits, 'homeStore'),
  }),
});

const nameIn = (traits: Told): string | undefined =>
  firstText(traits, 'name') ??
  textIn([firstText(traits, 'firstName'), firstText(traits, 'lastName')].filter(Boolean).join(' '));

function addressIn(value: unknown): Told | undefined {
  const text = textIn(value);
  if (text !== undefined) return { text };
  const address = objectIn(value);
  return Object.keys(address).length === 0 ? undefined : address;
}

const languageIn = (text: string | undefined): string | undefined =>
  text !== undefined && LANGUAGE.test(text) ? text.replaceAll('_', '-') : undefined;

const contextOf = (message: Told): Told => objectIn(message['context']);

/** Who somebody is. It says nothing of joining: shops send it at every log-in. */
export function identify(message: Told, frame: Frame): RawEvent[] {
  requireSomebody(frame);
  return [{ ...frame, type: 'member.updated', data: member(traitsOf(message), contextOf(message)) }];
}

/** The track event of somebody who joined. */
export function signedUp(message: Told, frame: Frame): RawEvent[] {
  requireSomebody(frame);
  return [{ ...frame, type: 'member.enrolled', data: member(traitsOf(message), contextOf(message)) }];
}

/** The company, family or club that somebody belongs to. */
export function group(message: Told, frame: Frame): RawEvent[] {
  requireSomebody(frame);
  const id = required(message, 'groupId');
  return [{ ...frame, type: 'member.updated', data: { group: { ...objectIn(message['traits']), id } } }];
}

/**
 * Two names of one person. The former one is taken for a device, which it nearly always is: two member numbers
 * are never joined because a program says so.
 */
export function alias(message: Told, frame: Frame): RawEvent[] {
  required(message, 'userId');
  const previous = firstText(message, 'previousId') ?? frame.ids.device ?? required(message, 'previousId');
  const isAddress = previous.includes('@') && frame.ids.email === undefined;
  const ids = { ...frame.ids, ...(isAddress ? { email: previous } : { device: previous }) };
  return [{ ...frame, ids, type: 'member.updated', data: {} }];
}

function required(message: Told, name: string): string {
  const text = firstText(message, name);
  if (text !== undefined) return text;
  throw new InvalidInput('invalid-field', name, `${name}: is missing; it takes a string`);
}
