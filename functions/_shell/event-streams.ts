/**
 * Stands in for @smithy/core/event-streams in bundles (lib/bundling.ts). Streams of events, such as S3 Select answers
 * with, are 20 KB that every function would load and none uses.
 */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export const eventStreamSerdeProvider = (): never => {
  throw new Error('Streams of events are left out of the bundles: see lib/bundling.ts');
};

export class EventStreamSerde {
  constructor() {
    eventStreamSerdeProvider();
  }
}
