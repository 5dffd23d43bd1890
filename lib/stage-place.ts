import * as z from 'zod';
import { has, isPartition, type Partition, partitions } from './partitions.ts';
import { offers, partitionOf, type RegionalService } from './regions.ts';

/**
 * What the place of a stage decides about. Read apart from the rest, so that a wrong field elsewhere does not
 * hide a complaint about the place; what is wrong in itself is left out here and reported by its own schema.
 */
const Placed = z.object({
  region: z.string(),
  account: z.string().optional().catch(undefined),
  email: z.object({ kind: z.string() }).optional().catch(undefined),
  sms: z
    .object({ kind: z.string(), originationIdentity: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  auth: z.object({ kind: z.string() }).optional().catch(undefined),
});
type Placed = z.infer<typeof Placed>;

type Complaint = readonly [path: string, message: string];

/** What the region and its partition cannot give the stage: the line, and what to write there instead. */
export function complaintsAboutPlace(input: unknown): readonly Complaint[] {
  const { data: stage } = Placed.safeParse(input);
  if (stage === undefined) return [];
  const partition = partitionOf(stage.region);
  if (!isPartition(partition)) return [['region', unknownRegion(stage.region, partition)]];
  return [...lacking(stage, partition), ...strangeSender(stage, partition)];
}

const unknownRegion = (region: string, partition: string | undefined): string =>
  partition === undefined
    ? `'${region}' is no AWS region, such as eu-west-1`
    : `'${region}' is in ${partition}; lib/partitions.ts knows ${Object.keys(partitions).join(' and ')}`;

/** What a stage cannot do without, or asks for. */
type Wished = Exclude<RegionalService, 'budgets'>;

interface Wish {
  readonly wanted: boolean;
  readonly service: Wished;
  readonly path: keyof Placed;
  readonly called: string;
  readonly instead: string;
}

const wishes = ({ email, sms, auth }: Placed): readonly Wish[] => [
  {
    wanted: true,
    service: 'scheduler',
    path: 'region',
    called: 'EventBridge Scheduler, which starts the night',
    instead: 'another region',
  },
  {
    wanted: email?.kind === 'ses',
    service: 'ses',
    path: 'email',
    called: 'SES',
    instead: "{ kind: 'outbox' } or another region",
  },
  {
    wanted: sms?.kind === 'end-user-messaging',
    service: 'sms',
    path: 'sms',
    called: 'End User Messaging',
    instead: "{ kind: 'outbox' } or another region",
  },
  {
    wanted: auth?.kind === 'cognito',
    service: 'cognito',
    path: 'auth',
    called: 'Cognito user pools',
    instead: "{ kind: 'oidc', issuer, audience } or another region",
  },
];

function lacking(stage: Placed, partition: Partition): readonly Complaint[] {
  const gone = (service: Wished): string | undefined => {
    if (service !== 'scheduler' && !has(partition, service)) return partition;
    return offers(stage.region, service) ? undefined : stage.region;
  };
  return wishes(stage).flatMap(({ wanted, service, path, called, instead }): Complaint[] => {
    const where = wanted ? gone(service) : undefined;
    return where === undefined ? [] : [[path, `${where} has no ${called}; write ${instead}`]];
  });
}

/** Text messages leave by a sender of the stage's own partition, region and account. */
function strangeSender({ region, account, sms }: Placed, partition: Partition): readonly Complaint[] {
  if (sms?.kind !== 'end-user-messaging' || sms.originationIdentity === undefined) return [];
  const [arn, itsPartition, , itsRegion, itsAccount] = sms.originationIdentity.split(':');
  if (arn !== 'arn') return [];
  const pairs: readonly (readonly [what: string, its: string | undefined, ours: string | undefined])[] = [
    ['partition', itsPartition, partition],
    ['region', itsRegion, region],
    ['account', itsAccount, account],
  ];
  return pairs
    .filter(([, its, ours]) => its !== undefined && ours !== undefined && its !== ours)
    .map(([what, its, ours]) => [
      'sms.originationIdentity',
      `is of ${what} ${its}, the stage of ${ours}; write the ARN of a sender of ${ours}`,
    ]);
}
