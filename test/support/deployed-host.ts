import { openStage } from '../../ops/open-stage.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { grantKey, revokeKey } from '../../shared/application/http/manage-keys.ts';
import type { E2eTarget } from './e2e-target.ts';
import { emptyStage } from './empty-stage.ts';
import { eventually } from './eventually.ts';
import type { Host } from './host.ts';
import { keptByPorts, plantByPorts } from './kept-by-ports.ts';
import { messagesIn, plantMessages } from './messages-of-stage.ts';
import { nightHistory, runNight } from './night-of-stage.ts';
import { sentByStage } from './sent-by-stage.ts';
import { plantInLogs, stageLogs } from './stage-logs.ts';
import { target } from './target.ts';

/** The deployed stage, emptied, with a new key for a source and the token of a person who has signed in. */
export async function deployedHost({ stage: { name }, url, token, patience }: E2eTarget): Promise<Host> {
  const stage = await openStage(name);
  await emptyStage(stage);
  const since = Date.now();
  let planted = false;
  const grant = grantKey({ ...stage, keyring: await stage.keyring() });
  const granted = await grant({ kind: 'bearer', grant: { kind: 'source', name: 'journeys' } });
  const door = target(url, { writeKey: granted.secret, accessKey: token });
  return {
    ...door,
    status: () => readStatus(stage),
    night: (asOf) => runNight(stage, asOf, patience),
    logs: () => stageLogs(name, since),
    async *kept() {
      yield* keptByPorts(stage);
      yield* messagesIn(stage);
      yield* nightHistory(stage, since);
    },
    async plant(text) {
      planted = true;
      return {
        places: [...(await plantByPorts(stage, text)), ...(await plantMessages(stage, text))],
        logs: await plantInLogs(name, text),
      };
    },
    sent: (campaign) => sentByStage(door, campaign, since),
    eventually: (look, wanted) => eventually(look, wanted, patience * 20_000),
    grantKey: grant,
    revokeKey: revokeKey(stage),
    async stop() {
      // Whoever comes next must not stumble over it.
      if (planted) await emptyStage(stage);
    },
  };
}
