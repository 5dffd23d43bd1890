import type { ChannelDefinition, MessageFault, RenderedMessage } from './channel.ts';

/** Characters; mail programs show far fewer. */
export const LONGEST_SUBJECT = 200;
/** Characters; from about 100 KB on mail programs clip a message. */
export const LONGEST_BODY = 100_000;

/** A line break in a subject would begin another header. */
const CONTROL = /\p{Cc}|\u2028|\u2029/u;

function check({ subject = '', body }: RenderedMessage): MessageFault | undefined {
  if (CONTROL.test(subject)) return 'subject-line-break';
  if (subject.trim() === '') return 'subject-empty';
  if (subject.length > LONGEST_SUBJECT) return 'subject-too-long';
  if (body.trim() === '') return 'body-empty';
  return body.length > LONGEST_BODY ? 'body-too-long' : undefined;
}

export const email: ChannelDefinition = {
  name: 'an e-mail',
  consent: 'email',
  address: 'email',
  hasSubject: true,
  format: 'html',
  check,
};
