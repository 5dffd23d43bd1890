import type { Campaign } from './campaign.ts';
import type { MessageFault, RenderedMessage } from './channels/channel.ts';
import { channels } from './channels/registry.ts';
import { attempt, compileTemplate, render } from './template.ts';
import type { TemplateVariables } from './variables.ts';

/** A message that can go out, or the reason why this customer's cannot. */
export type Made =
  | { readonly status: 'ready'; readonly message: RenderedMessage }
  | { readonly status: 'unfit'; readonly reason: MessageFault | 'template-failed' };

/** Reads a campaign's template once; the answer makes the message of one customer. */
export function compileMessage({
  channel: name,
  template,
}: Pick<Campaign, 'channel' | 'template'>): (variables: TemplateVariables) => Made {
  const channel = channels[name];
  const subject = template.subject === undefined ? undefined : compileTemplate(template.subject);
  const body = compileTemplate(template.body, channel.format);
  return (variables) => {
    const made = attempt<RenderedMessage>(() => ({
      body: render(body, variables),
      ...(subject === undefined ? {} : { subject: render(subject, variables) }),
    }));
    if ('refusal' in made) return { status: 'unfit', reason: 'template-failed' };
    const reason = channel.check(made.value);
    return reason === undefined ? { status: 'ready', message: made.value } : { status: 'unfit', reason };
  };
}
