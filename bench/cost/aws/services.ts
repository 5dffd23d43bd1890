import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { PutObjectCommandInput, UploadPartCommandInput } from '@aws-sdk/client-s3';
import { assumed } from '../reference.ts';
import { eventsOf } from '../rules.ts';
import type { Tally } from '../usage.ts';
import type { Network } from './network.ts';
import type { Watcher } from './watch.ts';

/** Adds the time that the call takes on AWS. */
export const overNetwork =
  (network: Network, watcher: Watcher): Watcher =>
  (call) => {
    const millis = assumed.network[call.operation];
    if (millis === undefined)
      throw new Error(`bench/cost/reference.ts does not say how long ${call.operation} takes`);
    return network.during(millis, () => watcher(call));
  };

/** Stands in for EventBridge: takes every entry, and bills it by what AWS counts of it. */
export const fakeBus =
  (tally: Tally, onEvent: (name: string, body: string) => void): Watcher =>
  async ({ input }) => {
    const { Entries = [] } = input as PutEventsCommandInput;
    for (const { Source = '', DetailType = '', Detail = '' } of Entries) {
      tally.count('events', eventsOf(Buffer.byteLength(Source + DetailType + Detail)));
      onEvent(DetailType, envelopeOf(DetailType, Source, Detail));
    }
    return {
      $metadata: {},
      FailedEntryCount: 0,
      Entries: Entries.map((_, index) => ({ EventId: String(index) })),
    };
  };

/** What a rule puts on a queue. */
const envelopeOf = (name: string, source: string, detail: string): string =>
  `{"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":"${name}","source":"${source}",` +
  `"account":"111122223333","time":"2026-11-20T13:00:00Z","region":"eu-west-1","resources":[],"detail":${detail}}`;

/** Bills what is asked of S3, and what stays there. */
export const filesCounter =
  (tally: Tally, kept: Tally): Watcher =>
  ({ operation, input, send }) => {
    tally.count(operation === 'GetObject' ? 'fileGets' : 'filePuts', 1);
    const { Body } = input as PutObjectCommandInput | UploadPartCommandInput;
    if (Body instanceof Uint8Array) kept.count('fileBytes', Body.length);
    return send();
  };

/** Stands in for SES: every message is taken. */
export const fakeSender =
  (tally: Tally): Watcher =>
  async () => {
    tally.count('emails', 1);
    return { $metadata: {}, MessageId: '0102019a-6f1c2d3e-4b5a-6978-8c9d-0e1f2a3b4c5d-000000' };
  };
