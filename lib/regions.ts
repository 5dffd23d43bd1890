import { RegionInfo } from 'aws-cdk-lib/region-info';

/**
 * Regions of partition aws without a service, by botocore 1.43.106 of November 2026: `get_available_regions` of
 * sesv2, pinpoint-sms-voice-v2, cognito-idp and scheduler. The CDK knows me-west-1, which botocore does not yet.
 * Budgets belong to the account, but not every region's CloudFormation can make them: by the types that
 * aws-cdk-lib 2.276.0 validates templates with.
 */
const regionsWithout = {
  budgets: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-3',
    'ap-south-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-west-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'il-central-1',
    'me-central-1',
    'me-west-1',
    'mx-central-1',
  ],
  ses: [
    'ap-east-1',
    'ap-east-2',
    'ap-southeast-4',
    'ap-southeast-6',
    'ap-southeast-7',
    'eu-south-2',
    'me-west-1',
    'mx-central-1',
  ],
  sms: ['ap-east-1', 'ap-southeast-5', 'ap-southeast-7', 'me-west-1'],
  cognito: ['me-west-1'],
  scheduler: ['me-west-1'],
} as const satisfies Record<string, readonly string[]>;
export type RegionalService = keyof typeof regionsWithout;

export const offers = (region: string, service: RegionalService): boolean =>
  !(regionsWithout[service] as readonly string[]).includes(region);

/** The partition of a region that AWS has; undefined for any other name. */
export const partitionOf = (region: string): string | undefined =>
  RegionInfo.regions.find(({ name }) => name === region)?.partition;
