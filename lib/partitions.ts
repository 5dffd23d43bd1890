/** What not every partition of AWS has, and the resource types that betray its use in a template. */
export const capabilities = {
  ses: ['AWS::SES::'],
  sms: ['AWS::SMSVOICE::', 'AWS::PinpointSMSVoice'],
  cognito: ['AWS::Cognito::UserPool'],
  tracing: ['AWS::XRay::'],
  functionUrls: ['AWS::Lambda::Url'],
  /** Tags, metrics and provisioned pollers of event source mappings. */
  mappingExtras: [],
  asyncMetrics: [],
  /** Text messages and pushes of SNS. */
  topicsToPhones: ['AWS::SNS::PlatformApplication'],
  globalEndpoints: ['AWS::Events::Endpoint'],
  httpTasks: ['AWS::Events::Connection'],
} as const satisfies Record<string, readonly string[]>;
export type Capability = keyof typeof capabilities;

/**
 * The partitions that a stage can stand in. aws-cn by botocore's endpoints.json of August 2026 and the
 * pages "Getting Started with Amazon Web Services in China".
 */
export const partitions = {
  aws: { lacks: [], bills: 'USD' },
  'aws-cn': {
    lacks: [
      'ses',
      'sms',
      'cognito',
      'tracing',
      'functionUrls',
      'mappingExtras',
      'asyncMetrics',
      'topicsToPhones',
      'globalEndpoints',
      'httpTasks',
    ],
    bills: 'CNY',
  },
} as const satisfies Record<string, { readonly lacks: readonly Capability[]; readonly bills: string }>;
export type Partition = keyof typeof partitions;

export const isPartition = (name: string | undefined): name is Partition =>
  name !== undefined && Object.hasOwn(partitions, name);

export const has = (partition: Partition, capability: Capability): boolean =>
  !(partitions[partition].lacks as readonly Capability[]).includes(capability);
