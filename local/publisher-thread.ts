import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openDataDirectory } from './data-directory.ts';
import { openMachine } from './machine.ts';
import type { Publication, Published } from './publisher.ts';

/** Publishes what the server has taken. Everything that came while the disk was busy goes in one transaction. */
const { path } = workerData as { readonly path: string };
const machine = openMachine(openDataDirectory(path), { durable: true });
const port = parentPort;

port?.on('message', async (first: Publication | 'stop') => {
  const asked = [first];
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
    asked.push(next.message);
  const together = asked.filter((one) => one !== 'stop');
  if (together.length > 0) await publish(together);
  if (together.length < asked.length) {
    machine.close();
    port.close();
  }
});

async function publish(together: readonly Publication[]): Promise<void> {
  const numbers = together.map(({ number }) => number);
  const answer = await machine.bus.publish(together.flatMap(({ messages }) => messages)).then(
    (): Published => ({ numbers }),
    (error: unknown): Published => ({ numbers, failure: error instanceof Error ? error.message : 'failed' }),
  );
  port?.postMessage(answer);
}
