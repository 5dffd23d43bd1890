import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { Call, Fault, Reply } from '../fault-proxy.ts';

/** An error as DynamoDB and EventBridge tell it. */
export const refused = (code: string, status = 400, more: Readonly<Record<string, unknown>> = {}): Fault => {
  const body = Buffer.from(JSON.stringify({ __type: code, message: `${code} by the drill`, ...more }));
  return async () => ({ status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body });
};

/** An error as S3 tells it. */
export const refusedFile = (code: string, status: number): Fault => {
  const body = Buffer.from(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>by the drill</Message></Error>`,
  );
  return async () => ({ status, headers: { 'content-type': 'application/xml' }, body });
};

/** Carried out, and nobody hears of it. */
export const lostAnswer: Fault = async (_call, pass) => {
  await pass();
  return undefined;
};

/** A transaction that was cancelled: the first of its actions for `reason`, the others for none. */
export const cancelled =
  (reason: string): Fault =>
  (call, pass) => {
    const { TransactItems } = JSON.parse(call.body) as { TransactItems: unknown[] };
    const reasons = TransactItems.map((_, index) => ({ Code: index === 0 ? reason : 'None' }));
    return refused('TransactionCanceledException', 400, { CancellationReasons: reasons })(call, pass);
  };

const bus = new EventBridgeClient();

/** PutEvents with success outside and some entries refused inside; the others are put, by the test itself. */
export const refusedEntries =
  (isRefused: (index: number) => boolean, code: string): Fault =>
  async ({ body }) => {
    const { Entries = [] } = JSON.parse(body) as PutEventsCommandInput;
    const taken = Entries.filter((_, index) => !isRefused(index));
    const put = new PutEventsCommand({ Entries: taken });
    const answers = taken.length === 0 ? [] : [...((await bus.send(put)).Entries ?? [])];
    const all = Entries.map((_, index) =>
      isRefused(index) ? { ErrorCode: code, ErrorMessage: 'by the drill' } : answers.shift(),
    );
    return json({ FailedEntryCount: Entries.length - taken.length, Entries: all });
  };

const json = (body: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: Buffer.from(JSON.stringify(body)),
});

/** Keeps what comes by, and lets it pass. */
export const noted =
  (calls: Call[]): Fault =>
  (call, pass) => {
    calls.push(call);
    return pass();
  };

/** A call that waits for the test. */
export interface Held {
  readonly fault: Fault;
  /** Resolves when the call is here, and, where it was to be, carried out. */
  readonly arrived: Promise<Call>;
  /** Lets the caller go without an answer. */
  readonly release: () => void;
}

/** Holds one call: before it is carried out, or its answer afterwards. */
export function held(when: 'before' | 'after'): Held {
  const arrival = Promise.withResolvers<Call>();
  const release = Promise.withResolvers<void>();
  return {
    async fault(call, pass) {
      if (when === 'after') await pass();
      arrival.resolve(call);
      await release.promise;
      return undefined;
    },
    arrived: arrival.promise,
    release: release.resolve,
  };
}
