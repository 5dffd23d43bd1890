import * as z from 'zod';
import { StageSettings } from '../shared/contracts/stage.ts';
import { complaintsIn } from '../shared/domain/kernel/complaint.ts';
import { isPartition, type Partition } from './partitions.ts';
import { partitionOf } from './regions.ts';
import { complaintsAboutPlace } from './stage-place.ts';

const Outbox = z.strictObject({ kind: z.literal('outbox') });

/** One region's deployment, as lib/stages.ts writes it. */
const StageInput = z.strictObject({
  /** Part of the names of everything that is deployed; never change it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,19}$/, 'takes 2 to 20 lower-case letters, digits and dashes'),
  region: z.string(),
  /** Left out, the account of whoever deploys. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'is the 12 digits of an AWS account')
    .optional(),
  settings: StageSettings,
  /** `from` must be an address of an identity that SES has verified in this region. */
  email: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('ses'), from: z.email() }), Outbox]),
  sms: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('end-user-messaging'),
      originationIdentity: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:\d{12}:(phone-number|pool|sender-id)\/.+$/,
          'is the ARN of a phone number, pool or sender id of End User Messaging',
        ),
    }),
    Outbox,
  ]),
  /** Who lets people in. With oidc, the token's claim `roles` lists what they may do. */
  auth: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cognito') }),
    z.strictObject({
      kind: z.literal('oidc'),
      issuer: z.url({ protocol: /^https$/ }),
      audience: z.string().min(1),
    }),
  ]),
  /** E-mail addresses that hear of alarms; each has to confirm the subscription once. */
  operators: z
    .array(z.email())
    .max(10, 'takes at most 10 addresses; write that of a mailing list')
    .default([]),
  /**
   * What AWS may cost a month, in the currency it bills in: dollars, CNY in aws-cn. The services, e-mails and
   * text messages are each watched against it.
   */
  monthlyBudget: z.number().positive().default(200),
});
export type StageInput = z.input<typeof StageInput>;
export type Stage = z.output<typeof StageInput> & { readonly partition: Partition };

/** lib/stages.ts cannot be deployed; each line says where and what to write instead. */
export class InvalidStages extends Error {
  readonly code = 'invalid-stages';
  readonly complaints: readonly string[];

  constructor(complaints: readonly string[]) {
    super(`lib/stages.ts needs mending:\n${complaints.map((line) => `  ${line}`).join('\n')}`);
    this.complaints = complaints;
  }
}

/** Checks all stages and reports everything that is wrong with them at once. */
export function readStages(inputs: readonly StageInput[]): readonly Stage[] {
  const complaints: string[] = [];
  const stages: Stage[] = [];
  for (const [index, input] of inputs.entries()) {
    const parsed = StageInput.safeParse(input);
    const wrong = [
      ...(parsed.error === undefined ? [] : complaintsIn(parsed.error, 'the whole')),
      ...complaintsAboutPlace(input).map(([path, message]) => `${path}: ${message}`),
    ];
    complaints.push(...wrong.map((line) => `stage '${input.name || index}', ${line}`));
    const partition = partitionOf(input.region);
    if (parsed.success && isPartition(partition)) stages.push({ ...parsed.data, partition });
  }
  complaints.push(...doubled(inputs.map(({ name }) => name)));
  if (complaints.length > 0) throw new InvalidStages(complaints);
  return stages;
}

const doubled = (names: readonly string[]): string[] =>
  names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `two stages are named '${name}'`);
