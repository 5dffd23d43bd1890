import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { deployedName, invoke } from './functions.ts';
import type { DrillStage } from './stage.ts';

const RELAY = 'outbox/relay-messages';
const client = new LambdaClient();

/** Stops what reads the outbox's stream; answers how to let it go on from where it stood. */
export async function pauseStream(stage: DrillStage): Promise<() => Promise<void>> {
  const FunctionName = deployedName(stage, RELAY);
  const { EventSourceMappings = [] } = await client.send(
    new ListEventSourceMappingsCommand({ FunctionName }),
  );
  const set = async (Enabled: boolean) => {
    for (const { UUID } of EventSourceMappings)
      await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  };
  await set(false);
  return () => set(true);
}

interface StreamRecord {
  readonly eventName: 'INSERT';
  readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage: Record<string, AttributeValue> };
}

/** What the stream holds of the messages whose ids begin so. */
export async function streamRecords(
  { clients, deployed }: DrillStage,
  idPrefix: string,
): Promise<StreamRecord[]> {
  const records: StreamRecord[] = [];
  const scan = { TableName: deployed.tables.outbox, ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: clients.dynamo }, scan)) {
    for (const NewImage of Items) {
      if (!NewImage['pk']?.S?.startsWith(idPrefix)) continue;
      records.push({ eventName: 'INSERT', dynamodb: { SequenceNumber: NewImage['pk'].S, NewImage } });
    }
  }
  return records;
}

interface Response {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Delivers records as Lambda does: after a failure again, from the record on that the function names. Answers
 * how often the function was invoked.
 */
export async function deliverStream(stage: DrillStage, records: readonly StreamRecord[]): Promise<number> {
  let waiting = records;
  let invocations = 0;
  while (waiting.length > 0) {
    if (invocations === MOST_INVOCATIONS) throw new Error(`${waiting.length} records would be set aside`);
    const answer = await invoke<Response>(stage, RELAY, { Records: waiting });
    invocations += 1;
    const [failed] = answer === undefined ? [] : answer.batchItemFailures;
    if (answer !== undefined) {
      const from = waiting.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed?.itemIdentifier);
      waiting = failed === undefined ? [] : waiting.slice(from);
    }
  }
  return invocations;
}

const MOST_INVOCATIONS = 21;
