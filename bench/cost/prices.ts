/** What one thing costs, as AWS's price list says. */
export interface Price {
  readonly service: string;
  readonly dollars: number;
  /** So many of the thing cost `dollars`. */
  readonly per: number;
  readonly of: string;
  readonly source: string;
}

const INFRACOST =
  "the AWS Price List as kept in infracost's test data (internal/providers/terraform/aws/testdata)";
const million = 1_000_000;
const GB = 2 ** 30;

/**
 * Prices without free tiers and discounts. eu-west-1 is not listed, for want of a dated source: DynamoDB, the HTTP
 * API and logs cost some 10 to 15 % more there, the rest about the same.
 */
export const priceList = {
  asOf: '2026-11-21',
  region: 'us-east-1',
  currency: 'USD',
} as const;

/** Every meter that the bill of this product runs on. No other file knows a price. */
export const prices = {
  writeUnits: {
    service: 'DynamoDB writes',
    dollars: 0.625,
    per: million,
    of: 'write request unit',
    source: `2024-11-15, ${INFRACOST}`,
  },
  readUnits: {
    service: 'DynamoDB reads',
    dollars: 0.125,
    per: million,
    of: 'read request unit',
    source: `2024-11-15, ${INFRACOST}`,
  },
  tableBytes: {
    service: 'DynamoDB storage',
    dollars: 0.25,
    per: GB,
    of: 'byte and month',
    source: `2024-11-15, ${INFRACOST}`,
  },
  recoveryBytes: {
    service: 'DynamoDB point-in-time recovery',
    dollars: 0.2,
    per: GB,
    of: 'byte and month',
    source: `2024-11-15, ${INFRACOST}`,
  },
  apiCalls: {
    service: 'HTTP API',
    dollars: 1,
    per: million,
    of: 'call of up to 512 KB',
    source: `2024-07, ${INFRACOST}`,
  },
  invocations: {
    service: 'Lambda',
    dollars: 0.2,
    per: million,
    of: 'request',
    source: `2024-07, ${INFRACOST}`,
  },
  gbSeconds: {
    service: 'Lambda',
    dollars: 0.0000133334,
    per: 1,
    of: 'GB-second on arm64',
    source: `2024-07, ${INFRACOST}`,
  },
  events: {
    service: 'EventBridge',
    dollars: 1,
    per: million,
    of: 'custom event of up to 64 KB',
    source: `2024-07, ${INFRACOST}`,
  },
  queueRequests: {
    service: 'SQS',
    dollars: 0.4,
    per: million,
    of: 'request of up to 64 KB, standard queue',
    source: `2024-07, ${INFRACOST}`,
  },
  filePuts: {
    service: 'S3',
    dollars: 0.005,
    per: 1_000,
    of: 'PUT, POST or LIST',
    source: `2024-07, ${INFRACOST}`,
  },
  fileGets: {
    service: 'S3',
    dollars: 0.0004,
    per: 1_000,
    of: 'GET',
    source: `2024-07, ${INFRACOST}`,
  },
  fileBytes: {
    service: 'S3',
    dollars: 0.023,
    per: GB,
    of: 'byte and month, Standard',
    source: `2024-07, ${INFRACOST}`,
  },
  logBytes: {
    service: 'CloudWatch Logs',
    dollars: 0.5,
    per: GB,
    of: 'byte taken in',
    source: `2024-07, ${INFRACOST}`,
  },
  keptLogBytes: {
    service: 'CloudWatch Logs',
    dollars: 0.03,
    per: GB,
    of: 'byte and month',
    source: `2024-07, ${INFRACOST}`,
  },
  traces: {
    service: 'X-Ray',
    dollars: 5,
    per: million,
    of: 'trace recorded',
    source: '2026, https://aws.amazon.com/xray/pricing',
  },
  transitions: {
    service: 'Step Functions',
    dollars: 25,
    per: million,
    of: 'state transition, Standard',
    source: `2026-03, ${INFRACOST}`,
  },
  schedules: {
    service: 'Scheduler',
    dollars: 1,
    per: million,
    of: 'invocation',
    source: `2024-10, ${INFRACOST}`,
  },
  secretCalls: {
    service: 'Secrets Manager',
    dollars: 0.05,
    per: 10_000,
    of: 'call',
    source: `2024-07, ${INFRACOST}`,
  },
  secrets: {
    service: 'Secrets Manager',
    dollars: 0.4,
    per: 1,
    of: 'secret and month',
    source: `2024-07, ${INFRACOST}`,
  },
  keys: {
    service: 'KMS',
    dollars: 1,
    per: 1,
    of: 'own key and month',
    source: `2024-07, ${INFRACOST}`,
  },
  alarms: {
    service: 'CloudWatch',
    dollars: 0.1,
    per: 1,
    of: 'metric of an alarm and month',
    source: `2026-08, ${INFRACOST}`,
  },
  dashboards: {
    service: 'CloudWatch',
    dollars: 3,
    per: 1,
    of: 'dashboard and month',
    source: `2026-08, ${INFRACOST}`,
  },
  metrics: {
    service: 'CloudWatch',
    dollars: 0.3,
    per: 1,
    of: 'custom metric and month, the first 10,000',
    source: '2026, https://aws.amazon.com/cloudwatch/pricing',
  },
  emails: {
    service: 'SES',
    dollars: 0.1,
    per: 1_000,
    of: 'recipient, plan NONE (a new account is on Essentials at 0.16)',
    source: 'AWS Price List of 2026-07-22',
  },
} as const satisfies Record<string, Price>;

export type Meter = keyof typeof prices;
