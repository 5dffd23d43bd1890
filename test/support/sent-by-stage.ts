import type { Sent } from './host.ts';
import type { Target } from './target.ts';

interface EmulatedMail {
  readonly To: readonly string[];
  readonly BodyText: string;
  readonly BodyHtml: string | null;
  readonly Timestamp: string | number;
}

/**
 * An emulator shows what SES was given; it does not tell of which campaign. On AWS itself the tests' stage sends
 * nothing, and keeps its messages in the outbox.
 */
export async function sentByStage(door: Target, campaign: string, since: number): Promise<readonly Sent[]> {
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  if (endpoint === undefined) {
    const { body } = await door.ask<{ messages: Sent[] }>('GET', `/v1/campaigns/${campaign}/outbox`);
    return body.messages;
  }
  const answer = await fetch(`${endpoint}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, readonly EmulatedMail[]> };
  return Object.values(messages)
    .flat()
    .filter(({ Timestamp }) => millisOf(Timestamp) >= since)
    .map(({ To, BodyHtml, BodyText }) => ({ to: To.join(), body: BodyHtml ?? BodyText }));
}

const millisOf = (time: string | number): number =>
  typeof time === 'number' ? time * 1_000 : Date.parse(time);
