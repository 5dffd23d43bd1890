import { expect, it } from 'vitest';
import {
  EventStreamSerde,
  eventStreamSerdeProvider,
  resolveEventStreamSerdeConfig,
} from '../../../../functions/_shell/event-streams.ts';

it('clients are set up without streams of events, and whoever wants one is told where they went', () => {
  const config = { region: 'eu-west-1' };

  expect(resolveEventStreamSerdeConfig(config)).toBe(config);
  for (const wanted of [eventStreamSerdeProvider, () => new EventStreamSerde()])
    expect(wanted).toThrow('lib/bundling.ts');
});
