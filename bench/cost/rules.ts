/** How AWS rounds, with the page that says so. Prices stand in prices.ts, units of DynamoDB in dynamo-units.ts. */

const KB = 1_024;

const chunks = (bytes: number, size: number): number => Math.max(1, Math.ceil(bytes / size));

/** https://aws.amazon.com/api-gateway/pricing: HTTP APIs are metered in increments of 512 KB. */
export const apiCallsOf = (bytes: number): number => chunks(bytes, 512 * KB);

/** https://aws.amazon.com/eventbridge/pricing: each 64 KB chunk of a payload is billed as an event. */
export const eventsOf = (bytes: number): number => chunks(bytes, 64 * KB);

/** https://aws.amazon.com/sqs/pricing: each 64 KB chunk of a payload is billed as a request. */
export const queueRequestsOf = (bytes: number): number => chunks(bytes, 64 * KB);

/** An SQS request carries at most ten messages, also when Lambda gathers more for one batch. */
export const MESSAGES_PER_REQUEST = 10;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_InputLogEvent.html: 26 bytes a line on top. */
export const logBytesOf = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 26, 0);

/** Lambda gives a vCPU at 1,769 MB and a share of it below; more memory makes no single thread faster. */
const WHOLE_CPU_MB = 1_769;

/** Milliseconds that a function of this size needs for so much work of a whole vCPU. */
export const millisOnShare = (cpuMillis: number, memoryMb: number): number =>
  cpuMillis * Math.max(1, WHOLE_CPU_MB / memoryMb);

/** https://aws.amazon.com/lambda/pricing: duration is rounded up to the millisecond. */
export const gbSecondsOf = (millis: number, memoryMb: number): number =>
  (Math.ceil(millis) / 1_000) * (memoryMb / 1_024);

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html: "The sampling rate is 1 request per second and
 * 5 percent of additional requests. You can't configure" it.
 */
export function tracesOf(invocationsBySecond: Iterable<number>): number {
  let traces = 0;
  for (const count of invocationsBySecond) if (count > 0) traces += 1 + 0.05 * (count - 1);
  return traces;
}
