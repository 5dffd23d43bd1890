import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stages } from '../../lib/stages.ts';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import { aSoldReceipt } from '../builders/a-submission.ts';
import { matches } from '../support/filter-pattern.ts';
import { context } from '../support/lambda-context.ts';
import { accepted, type MemoryMachine, memoryMachine } from '../support/memory-machine.ts';
import { type Resource, type Synthesised, synthesise } from './synthesised.ts';

const here = vi.hoisted(() => ({ machine: undefined as unknown }));
const machine = (): MemoryMachine => here.machine as MemoryMachine;

vi.mock('../../functions/_shell/wiring.ts', () => ({
  table: () => machine().table,
  keyring: async () => machine().keyring,
  stage: () => machine().stage,
  clock: () => machine().clock(),
  pause: async () => undefined,
}));

const lines: string[] = [];
let stage: Synthesised;

beforeAll(() => {
  const [europe] = synthesise(stages.filter(({ name }) => name === 'europe'));
  if (europe === undefined) throw new Error('There is no stage');
  stage = europe;
}, 120_000);
beforeEach(() => {
  here.machine = memoryMachine();
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  lines.length = 0;
});

/** The filters of one log group that make a metric, with the name of the group. */
function filterOf(metric: string): { pattern: string; value: string; group: string } {
  const filters = stage
    .of('AWS::Logs::MetricFilter')
    .filter(({ properties }) => properties.MetricTransformations[0].MetricName === metric);
  const [filter] = filters;
  if (filter === undefined || filters.length > 1) throw new Error(`${filters.length} filters make ${metric}`);
  return {
    pattern: filter.properties.FilterPattern,
    value: filter.properties.MetricTransformations[0].MetricValue,
    group: stage.at(filter, filter.properties.LogGroupName)?.properties.LogGroupName,
  };
}

/** What a metric gets of the lines that were written. */
const measuredBy = (metric: string): unknown[] => {
  const { pattern, value } = filterOf(metric);
  return lines
    .filter((line) => matches(pattern, line))
    .map((line) => (value.startsWith('$.') ? JSON.parse(line)[value.slice(2)] : Number(value)));
};

describe('the age of events when they are folded', () => {
  const folded = async (events: readonly AcceptedEvent[]): Promise<void> => {
    const { handler } = await import('../../functions/customers/fold-events/handler.ts');
    const body = JSON.stringify({ 'detail-type': 'events.accepted', detail: { events } });
    // The rest of a record is nothing to the function.
    const batch = { Records: [{ messageId: 'm-1', body }] } as unknown as Parameters<typeof handler>[0];
    await handler(batch, context);
  };

  it('is taken from the line that the fold writes, in its own log group', async () => {
    const first = await accepted(machine(), aSoldReceipt(100));
    machine().setClock('2026-03-15T12:00:30.000Z');
    const second = await accepted(machine(), aSoldReceipt(200));
    machine().setClock('2026-03-15T12:02:00.500Z');

    await folded([...second, ...first]);

    expect(measuredBy('OldestFolded')).toEqual([120.5]);
    expect(filterOf('OldestFolded').group).toBe('/clientele/europe/customers/fold-events');
  });
});

describe('a night that is late', () => {
  it.each([
    ['2026-03-15T04:45:00Z', 0],
    ['2026-03-15T05:00:00Z', 1],
  ])('is taken from the line that its check writes at %s: %i', async (now, late) => {
    vi.resetModules();
    machine().setClock(now);
    const { handler } = await import('../../functions/night/check/handler.ts');

    await handler({}, context);

    expect(measuredBy('NightLate')).toEqual([late]);
    expect(filterOf('NightLate').group).toBe('/clientele/europe/night/check');
  });

  it('is not taken from a check that failed', async () => {
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    });
    vi.resetModules();
    // The class that the freshly loaded function knows.
    const { StoreUnavailable } = await import('../../shared/domain/kernel/errors.ts');
    const away = { ...machine().table, get: () => Promise.reject(new StoreUnavailable('away')) };
    here.machine = { ...machine(), table: away };
    const { handler } = await import('../../functions/night/check/handler.ts');

    await expect(handler({}, context)).rejects.toThrow('store-unavailable');

    expect(lines.join()).toContain('task failed');
    expect(measuredBy('NightLate')).toEqual([]);
  });
});

describe('calls that bring events', () => {
  /** What API Gateway makes of the format of the access logs. */
  const called = (route: string, status: number): void => {
    const [format, ...others] = stage
      .of('AWS::ApiGatewayV2::Stage')
      .map(({ properties }: Resource) => properties.AccessLogSettings.Format as string);
    if (format === undefined || others.length > 0) throw new Error('There is one stage of the API');
    const values: Readonly<Record<string, string>> = {
      '$context.routeKey': route,
      '$context.status': String(status),
    };
    lines.push(format.replaceAll(/\$context(\.\w+)+/g, (name) => values[name] ?? '-'));
  };

  it('are counted, and those that failed or were sent away apart', () => {
    for (const status of [202, 400, 401, 429, 500, 502, 503]) called('POST /v1/events', status);
    for (const status of [200, 429, 503]) called('GET /v1/customers/{id}', status);

    expect(measuredBy('IngestCalls')).toHaveLength(7);
    expect(measuredBy('IngestFailures')).toHaveLength(4);
    expect(filterOf('IngestFailures').group).toBe('/aws/vendedlogs/clientele/europe/api');
  });
});
