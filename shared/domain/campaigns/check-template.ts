import type { ContactChannel } from '../events/consent-changed.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { type MessageFault, messageFaults, type RenderedMessage } from './channels/channel.ts';
import { channels } from './channels/registry.ts';
import { compileTemplate, render, type Template, variablesIn } from './template.ts';
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
  const tried = { body: tryOut(body, channel.format), subject: tryOut(subject ?? '', 'text') };
  for (const field of ['subject', 'body'] as const) {
    const { fault } = tried[field];
    if (fault !== undefined) return { field, message: fault };
  }
  for (const index of [0, 1]) {
    const message: RenderedMessage = {
      body: tried.body.rendered[index] ?? '',
      subject: tried.subject.rendered[index] ?? '',
    };
    const fault = channel.check(message);
    if (fault !== undefined)
      return { field: fieldOf(fault), message: `${messageFaults[fault]}; shorten or fill it` };
  }
  return undefined;
}

const fieldOf = (fault: MessageFault): TemplateFault['field'] =>
  fault.startsWith('subject') ? 'subject' : 'body';

interface Trial {
  readonly fault?: string;
  /** For the known customer, then for the unknown one. */
  readonly rendered: readonly string[];
}

function tryOut(text: string, format: Template['format']): Trial {
  try {
    const template = compileTemplate(text, format);
    const stray = variablesIn(template).find((variable) => !Object.hasOwn(variableSummaries, variable.name));
    if (stray !== undefined) {
      const names = Object.keys(variableSummaries).join(', ');
      return {
        fault: `line ${stray.line}: there is no variable '${stray.name}'; known are ${names}`,
        rendered: [],
      };
    }
    return tryOn(template);
  } catch (error) {
    if (error instanceof InvalidInput) return { fault: error.message, rendered: [] };
    throw error;
  }
}

function tryOn(template: Template): Trial {
  const forKnown = render(template, known, { strict: true });
  try {
    return { rendered: [forKnown, render(template, unknown, { strict: true })] };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return {
      fault: `${error.message}; some customers have none, give it a default: {{ name | default: 'friend' }}`,
      rendered: [],
    };
  }
}
