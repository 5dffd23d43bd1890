import type { ContactChannel } from '../../events/consent-changed.ts';

/** A message as one customer would get it. */
export interface RenderedMessage {
  readonly subject?: string;
  readonly body: string;
}

/** Why a message cannot go out on a channel, by code. */
export const messageFaults = {
  'subject-empty': 'the subject is empty',
  'subject-too-long': 'the subject is longer than 200 characters',
  'subject-line-break': 'the subject has a line break or another control character',
  'body-empty': 'the body is empty',
  'body-too-long': 'the body is longer than 100,000 characters',
  'too-many-parts': 'the text takes more than 4 SMS parts',
} as const;
export type MessageFault = keyof typeof messageFaults;

/** Everything that the rest must know of a way to reach people; one module per channel. */
export interface ChannelDefinition {
  /** As people say it. */
  readonly name: string;
  /** Which consent allows it. */
  readonly consent: ContactChannel;
  /** Which identifier is the address. */
  readonly address: 'email' | 'phone';
  readonly hasSubject: boolean;
  /** In HTML every value is escaped, so that a name cannot bring markup along. */
  readonly format: 'html' | 'text';
  readonly check: (message: RenderedMessage) => MessageFault | undefined;
}
