import type { ContactChannel } from '../events/consent-changed.ts';
import { type MessageFault, messageFaults } from './channels/channel.ts';
import { channels } from './channels/registry.ts';
import { type Attempt, attempt, compileTemplate, render, type Template, variablesIn } from './template.ts';
import { type TemplateVariables, variableSummaries } from './variables.ts';

export interface TemplateFault {
  readonly field: 'subject' | 'body';
  readonly message: string;
}

interface Draft {
  readonly channel: ContactChannel;
  readonly template: { readonly subject?: string | undefined; readonly body: string };
}

/** Somebody of whom everything is known, and somebody of whom nothing is. */
const known: TemplateVariables = {
  name: 'Ada Vermeer',
  language: 'nl',
  lifecycle: 'loyal',
  tier: 'gold',
  spent: '1,234.50 EUR',
  orders: 12,
  unsubscribe: 'https://shop.example/unsubscribe/0123456789',
};
const unknown: TemplateVariables = {
  ...known,
  name: undefined,
  language: undefined,
  lifecycle: undefined,
  tier: undefined,
};

/** The first thing that would spoil a message, found before anybody is written to. */
export function faultIn({ channel: name, template: { subject, body } }: Draft): TemplateFault | undefined {
  const channel = channels[name];
  if (channel.hasSubject && subject === undefined) {
    return { field: 'subject', message: `is missing; ${channel.name} has a subject` };
  }
  if (!channel.hasSubject && subject !== undefined) {
    return { field: 'subject', message: `${channel.name} has no subject; leave it out` };
  }
  const subjects = tryOut(subject ?? '', 'text');
  if ('refusal' in subjects) return { field: 'subject', message: subjects.refusal };
  const bodies = tryOut(body, channel.format);
  if ('refusal' in bodies) return { field: 'body', message: bodies.refusal };
  for (const customer of ['known', 'unknown'] as const) {
    const fault = channel.check({ subject: subjects.value[customer], body: bodies.value[customer] });
    if (fault !== undefined)
      return { field: fieldOf(fault), message: `${messageFaults[fault]}; shorten or fill it` };
  }
  return undefined;
}

const fieldOf = (fault: MessageFault): TemplateFault['field'] =>
  fault.startsWith('subject') ? 'subject' : 'body';

type Trial = Attempt<{ readonly known: string; readonly unknown: string }>;

function tryOut(text: string, format: Template['format']): Trial {
  const read = attempt(() => compileTemplate(text, format));
  if ('refusal' in read) return read;
  const stray = variablesIn(read.value).find(({ name }) => !Object.hasOwn(variableSummaries, name));
  if (stray !== undefined) {
    const names = Object.keys(variableSummaries).join(', ');
    return { refusal: `line ${stray.line}: there is no variable '${stray.name}'; known are ${names}` };
  }
  return tryOn(read.value);
}

function tryOn(template: Template): Trial {
  const forKnown = attempt(() => render(template, known, { strict: true }));
  if ('refusal' in forKnown) return forKnown;
  const forUnknown = attempt(() => render(template, unknown, { strict: true }));
  if ('value' in forUnknown) return { value: { known: forKnown.value, unknown: forUnknown.value } };
  const wayOut = "some customers have none, give it a default: {{ name | default: 'friend' }}";
  return { refusal: `${forUnknown.refusal}; ${wayOut}` };
}
