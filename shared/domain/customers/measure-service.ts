import type { EventOf } from '../events/event.ts';
import type { Aggregate } from './aggregate.ts';
import { type Case, oneAnswer } from './service.ts';

type ServiceEvent =
  | EventOf<'review.written'>
  | EventOf<'survey.answered'>
  | EventOf<'ticket.opened'>
  | EventOf<'ticket.closed'>
  | EventOf<'complaint.recorded'>
  | EventOf<'callback.made'>;

type Service = Partial<Pick<Aggregate, 'feedback' | 'tickets' | 'complaints' | 'complainedAt'>>;

/** What one event of the service desk, or one answer, says of the customer. */
export function serviceOf({ type, data, occurredAt: at }: ServiceEvent): Service {
  switch (type) {
    case 'review.written':
      return { feedback: { review: oneAnswer(data.rating, at) } };
    case 'survey.answered':
      return { feedback: { [data.kind]: oneAnswer(data.score, at) } };
    case 'ticket.opened':
      return { tickets: { [data.ticket]: { at, step: 'open', ...topicIn(data) } } };
    case 'complaint.recorded':
      return {
        complaints: { [data.ticket]: { at, step: 'open', severity: data.severity, ...topicIn(data) } },
        complainedAt: at,
      };
    case 'callback.made':
      return { complaints: { [data.ticket]: { at, step: 'called' } } };
    case 'ticket.closed': {
      const closed: Record<string, Case> = { [data.ticket]: { at, step: 'closed' } };
      return { tickets: closed, complaints: closed };
    }
  }
}

const topicIn = ({ topic }: { readonly topic?: string | undefined }): { readonly topic?: string } =>
  topic === undefined ? {} : { topic };
