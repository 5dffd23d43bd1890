import { RegionInfo } from 'aws-cdk-lib/region-info';

/** What not every partition of AWS has, and the resource types that betray its use in a template. */
export const capabilities = {
  ses: ['AWS::SES::'],
  sms: ['AWS::SMSVOICE::', 'AWS::PinpointSMSVoice'],
  cognito: ['AWS::Cognito::UserPool'],
  tracing: ['AWS::XRay::'],
} as const satisfies Record<string, readonly string[]>;
export type Capability = keyof typeof capabilities;

/**
 * The partitions that a stage can stand in. aws-cn by botocore's endpoints.json of August 2026 and the
 * pages "Getting Started with Amazon Web Services in China".
 */
export const partitions = {
  aws: { lacks: [] },
  'aws-cn': { lacks: ['ses', 'sms', 'cognito', 'tracing'] },
} as const satisfies Record<string, { readonly lacks: readonly Capability[] }>;
export type Partition = keyof typeof partitions;

export const isPartition = (name: string | undefined): name is Partition =>
  name !== undefined && Object.hasOwn(partitions, name);

export const has = (partition: Partition, capability: Capability): boolean =>
  !(partitions[partition].lacks as readonly Capability[]).includes(capability);

/** The partition of a region that AWS has; undefined for any other name. */
export const partitionOf = (region: string): string | undefined =>
  RegionInfo.regions.find(({ name }) => name === region)?.partition;
