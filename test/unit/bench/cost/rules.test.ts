import { describe, expect, it } from 'vitest';
import {
  apiCallsOf,
  eventsOf,
  gbSecondsOf,
  logBytesOf,
  millisOnShare,
  queueRequestsOf,
  tracesOf,
} from '../../../../bench/cost/rules.ts';

const KB = 1_024;

describe("AWS's increments", () => {
  /** "An event with a 256 KB payload is billed as four events": https://aws.amazon.com/eventbridge/pricing */
  it.each([
    [0, 1],
    [64 * KB, 1],
    [64 * KB + 1, 2],
    [256 * KB, 4],
  ])('of an event of %d bytes are %d', (bytes, events) => {
    expect(eventsOf(bytes)).toBe(events);
  });

  /** "An API action with a 256 KB payload is billed as four requests": https://aws.amazon.com/sqs/pricing */
  it.each([
    [1, 1],
    [256 * KB, 4],
  ])('of a message of %d bytes are %d', (bytes, requests) => {
    expect(queueRequestsOf(bytes)).toBe(requests);
  });

  /** Metered in increments of 512 KB: https://aws.amazon.com/api-gateway/pricing */
  it.each([
    [0, 1],
    [512 * KB, 1],
    [600 * KB, 2],
  ])('of a call of %d bytes are %d', (bytes, calls) => {
    expect(apiCallsOf(bytes)).toBe(calls);
  });
});

describe('a function', () => {
  it('is billed by whole milliseconds', () => {
    expect(gbSecondsOf(100, 1_024)).toBeCloseTo(0.1, 10);
    expect(gbSecondsOf(100.1, 512)).toBeCloseTo(0.0505, 10);
  });

  it('of half a processor takes twice as long, and no time is saved above a whole one', () => {
    expect(millisOnShare(10, 1_769 / 2)).toBeCloseTo(20, 10);
    expect(millisOnShare(10, 3_008)).toBe(10);
  });
});

describe('a log line', () => {
  it('takes its bytes and 26 more', () => {
    expect(logBytesOf(['ë', 'a'])).toBe(2 + 26 + 1 + 26);
  });
});

describe('traces', () => {
  it('are one a second, and a twentieth of what comes on top', () => {
    expect(tracesOf([1, 0, 21])).toBe(1 + 0 + 2);
  });
});
