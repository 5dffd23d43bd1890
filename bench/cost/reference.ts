/**
 * The day whose bill is counted: a chain of grocers with a web shop. Everything that is assumed stands here, and
 * the report prints it; everything else is counted.
 */
export const reference = {
  /** Friday afternoon; slices of the day begin at this time. */
  from: '2026-11-20T13:00:00.000Z',
  stage: { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' },

  chain: {
    stores: 50,
    tills: 6,
    /** Each store sends what it has once a minute, with a write key of its own: about so many receipts a call. */
    receiptsACall: 5,
    members: 400_000,
    /** Of the members, those who also use the app or the web shop, so that their records remember signals. */
    browsing: 0.2,
    /** Receipts that a till has already summed up for strangers on this day. */
    strangersSoFar: 75,
  },

  shop: {
    /** A hundred million a month. */
    signalsADay: 3_300_000,
    /** Of one visitor in one call. */
    signalsACall: 10,
    /** Visitors who are logged in; the others are known by their device alone. */
    members: 0.5,
    /** Of the others, those whose device was seen before. */
    returning: 0.7,
  },

  night: {
    customers: 1_000_000,
    shards: 100,
    /** Customers whose score moved noticeably since the night before. */
    moved: 0.15,
    /** Campaigns that a customer was written to by, all still in the ledger. */
    touches: 12,
  },

  campaign: { shards: 100, bodyBytes: 2_000 },
} as const;

/** What this machine cannot show of AWS. */
export const assumed = {
  /** Milliseconds from a function to a service of the same region and back. */
  network: {
    GetItem: 4,
    BatchGetItem: 6,
    PutItem: 5,
    UpdateItem: 5,
    DeleteItem: 5,
    TransactWriteItems: 12,
    Query: 6,
    /** A page of up to 1 MB. */
    Scan: 25,
    PutEvents: 12,
    PutObject: 40,
    GetObject: 25,
    ListObjectsV2: 30,
    CreateMultipartUpload: 25,
    UploadPart: 80,
    CompleteMultipartUpload: 40,
    SendEmail: 60,
    GetSecretValue: 30,
  } as Readonly<Record<string, number>>,
  /** Invocations that start an environment: they pay its start and fetch the master secret. */
  cold: { share: 0.005, millis: 300 },
  /** Lambda reads a queue by five pollers at first, and each gathers its own batch. */
  pollers: 5,
  /** An empty receive waits so long. */
  longPollSeconds: 20,
  /** A line of the state machine's log, with its data, and how many lines a transition writes. */
  machineLog: { bytes: 900, lines: 4 },
  /** The API's access log, as lib/api-stack.ts has it written. */
  accessLog:
    '{"requestId":"UvmQ3hFAjoEEMcQ=","route":"POST /v1/events","status":"202","milliseconds":"41","bytes":"612","error":"-","authorizerError":"-"}',
  /** Logs are kept for so many months. */
  logMonths: 1,
} as const;
