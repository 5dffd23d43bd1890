import { night } from '../../../shared/contracts/night.ts';
import { StageSettings } from '../../../shared/contracts/stage.ts';
import { assumed, reference } from '../reference.ts';
import type { Deployed } from '../template.ts';
import { plus, times, type Usage } from '../usage.ts';
import { machineUsage } from './night.ts';

const DAYS = 30;

/** A month in which nobody buys, looks or writes: what stands there, empty queues that are asked, empty nights. */
export function idleMonth(deployed: Deployed): Usage {
  const { alarms, dashboards, secrets, keys, metrics, polledQueues, schedules } = deployed;
  const { shards } = StageSettings.parse(reference.stage);
  const receives = (DAYS * 24 * 3_600) / assumed.longPollSeconds;
  const invocations = night.reduce((sum, { kind }) => sum + (kind === 'map' ? shards : 1), 0);
  const standing: Usage = { alarms, dashboards, secrets, keys, metrics };
  const asked: Usage = { queueRequests: polledQueues * assumed.pollers * receives };
  return plus(standing, asked, times(plus(machineUsage(shards), { schedules, invocations }), DAYS));
}
