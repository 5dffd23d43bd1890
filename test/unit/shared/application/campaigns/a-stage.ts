import { campaignsApi } from '../../../../../shared/application/campaigns/campaigns-api.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import type { Messages } from '../../../../../shared/contracts/messages.ts';
import type { RouteName } from '../../../../../shared/contracts/routes.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import {
  addressWaiting,
  type MemoryMachine,
  memoryMachine,
  tell,
} from '../../../../support/memory-machine.ts';

type Name = Extract<RouteName, `${string}Campaign${string}` | 'readOutbox'>;

interface Asked {
  readonly id?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
}

/** Asks the campaigns' endpoints as a marketer. */
export async function ask(
  machine: MemoryMachine,
  name: Name,
  { id = 'spring', body = {}, query = {} }: Asked = {},
) {
  const caller = { kind: 'person', name: 'mia', roles: ['marketer'] } as const;
  const answer = await dispatch(routes, campaignsApi(machine))(name, {
    params: { id },
    query,
    body: JSON.stringify(body),
    caller,
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
}

/** A campaign to everybody, nobody held out; pass only what the test is about. */
export const aBroadcast = (change: Readonly<Record<string, unknown>> = {}) => ({
  name: 'Spring',
  channel: 'email',
  rule: { everyone: true },
  template: { subject: 'Spring is here', body: 'Dear {{ name | default: "customer" }}, {{ unsubscribe }}' },
  holdout: 0,
  ...change,
});

interface Person {
  readonly member: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly emailConsent?: 'granted' | 'withdrawn';
  readonly smsConsent?: 'granted' | 'withdrawn';
}

/** Enrols people and keeps what they said about messages. */
export async function enrol(machine: MemoryMachine, ...people: readonly Person[]): Promise<void> {
  await tell(
    machine,
    ...people.flatMap(({ member, name, email, phone, emailConsent, smsConsent }) => [
      aSubmission('member.enrolled', {
        ids: { member, ...(email && { email }), ...(phone && { phone }) },
        data: { name },
      }),
      ...(emailConsent
        ? [
            aSubmission('consent.changed', {
              ids: { member },
              data: { channel: 'email', status: emailConsent },
            }),
          ]
        : []),
      ...(smsConsent
        ? [aSubmission('consent.changed', { ids: { member }, data: { channel: 'sms', status: smsConsent } })]
        : []),
    ]),
  );
}

/** So many members who may be written to by e-mail. */
export const members = (count: number): Person[] =>
  Array.from({ length: count }, (_, n) => ({
    member: `M-${n}`,
    email: `m${n}@example.com`,
    emailConsent: 'granted' as const,
  }));

/** A stage with so many of them and a draft called spring. */
export async function aStage(
  count: number,
  change: Readonly<Record<string, unknown>> = {},
): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await enrol(machine, ...members(count));
  await ask(machine, 'putCampaign', { body: aBroadcast(change) });
  return machine;
}

export const reportOf = async (machine: MemoryMachine, id = 'spring') =>
  (await ask(machine, 'reportCampaign', { id })).body;

/** Sets a campaign running and addresses everybody. */
export async function run(machine: MemoryMachine, id = 'spring'): Promise<void> {
  await ask(machine, 'runCampaign', { id });
  await addressWaiting(machine);
}

/** The messages that wait to be addressed, a shard each. */
export const due = (machine: MemoryMachine) =>
  machine.take<Messages['campaign.shard-due']>('campaigns/address-shard');
