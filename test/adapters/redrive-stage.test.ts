import { beforeEach, describe, expect, it } from 'vitest';
import { clientsIn } from '../../ops/clients.ts';
import { siteOf } from '../../ops/deployed-site.ts';
import type { OpenStage } from '../../ops/open-stage.ts';
import { deployedStage, parts } from '../../shared/contracts/deployed.ts';
import { type Reactor, reactions } from '../../shared/contracts/topology.ts';
import { memoryMachine } from '../support/memory-machine.ts';
import { toldByStage } from '../unit/ops/told-by-stage.ts';
import { type FakeSqs, fakeSqs } from './fake-sqs.ts';

const deployed = deployedStage('test', toldByStage);
const reactors = Object.keys(reactions) as Reactor[];

let sqs: FakeSqs;
let site: ReturnType<typeof siteOf>;

beforeEach(() => {
  sqs = fakeSqs();
  const machine = memoryMachine();
  const opened: OpenStage = {
    ...machine,
    region: 'eu-west-1',
    deployed,
    clients: { ...clientsIn('eu-west-1'), sqs: sqs.client },
    keyring: async () => machine.keyring,
  };
  site = siteOf(opened);
});

describe('a deployed stage', () => {
  it.each(reactors)('sends letters of %s to its own work queue and to no other', async (part) => {
    for (const one of parts) sqs.put(deployed.deadLetters[one], `letter of ${one}`);

    expect(await site.redrive(part, { dryRun: false })).toMatchObject({ letters: 1, sent: 1 });

    for (const one of reactors)
      expect(sqs.bodies(deployed.queues[one])).toEqual(one === part ? [`letter of ${part}`] : []);
    for (const one of parts) expect(sqs.bodies(deployed.deadLetters[one])).toHaveLength(one === part ? 0 : 1);
  });

  it.each(['outbox/relay-messages', 'night'] as const)('looks into the letters of %s', async (part) => {
    sqs.put(deployed.deadLetters[part], 'letter');

    expect(await site.redrive(part, { dryRun: true })).toMatchObject({ letters: 1 });
  });

  it('counts what waits, what is at work and what gave up', async () => {
    sqs.put(deployed.queues['customers/fold-events'], 'a');
    sqs.put(deployed.deadLetters['ingest/archive-events'], 'b');
    sqs.put(deployed.deadLetters['ingest/archive-events'], 'c');

    const { pending, dead } = await site.backlog();

    expect(pending).toEqual({
      ...Object.fromEntries(reactors.map((name) => [name, 0])),
      'customers/fold-events': 1,
    });
    expect(dead).toEqual({
      ...Object.fromEntries(parts.map((name) => [name, 0])),
      'ingest/archive-events': 2,
    });
  });
});
