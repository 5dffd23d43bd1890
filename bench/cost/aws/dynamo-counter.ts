import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  type GetCommandInput,
  type GetCommandOutput,
  type ScanCommandInput,
  type ScanCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import {
  type Consistency,
  type DocumentItem,
  itemSize,
  readUnits,
  storedSize,
  writeUnits,
} from '../dynamo-units.ts';
import type { Tally } from '../usage.ts';
import { type Touched, touchedBy } from './dynamo-writes.ts';
import type { Watcher } from './watch.ts';

interface Needs {
  /** Not counted; reads the items before and after each write. */
  readonly plain: DynamoDBDocumentClient;
  readonly tally: Tally;
  /** Bytes that came to stay. */
  readonly kept: Tally;
  /** Is told the size of every item that was written. */
  readonly onWritten: (item: Touched, bytes: number) => void;
}

/** Counts read and write units by the items themselves. */
export const dynamoCounter =
  ({ plain, tally, kept, onWritten }: Needs): Watcher =>
  async ({ operation, input, send }) => {
    const touched = touchedBy(operation, input);
    if (touched === undefined) {
      const output = await send();
      tally.count('readUnits', unitsRead(operation, input, output));
      return output;
    }
    const transaction = operation === 'TransactWriteItems';
    const before = await sizesOf(plain, touched);
    try {
      const output = await send();
      const after = await sizesOf(plain, touched);
      touched.forEach((item, index) => {
        const [was = 0, is = 0] = [before[index], after[index]];
        tally.count('writeUnits', writeUnits(was, is, { transaction }));
        const grown = stored(is) - stored(was);
        kept.count('tableBytes', grown);
        kept.count('recoveryBytes', grown);
        onWritten(item, is);
      });
      return output;
    } catch (error) {
      // A failed condition costs what stood there; what would have come is not written.
      if (isRefusal(error))
        for (const was of before) tally.count('writeUnits', writeUnits(was, 0, { transaction }));
      throw error;
    }
  };

const isRefusal = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException;

const stored = (bytes: number): number => (bytes === 0 ? 0 : storedSize(bytes));

const idOf = (TableName: string, pk: unknown, sk: unknown): string => `${TableName} ${pk} ${sk}`;

/** In the order of the keys; 0 where nothing stands. */
async function sizesOf(
  plain: DynamoDBDocumentClient,
  touched: readonly Touched[],
): Promise<readonly number[]> {
  const RequestItems: Record<string, { Keys: DocumentItem[]; ConsistentRead: true }> = {};
  for (const { TableName, pk, sk } of touched) {
    const asked = RequestItems[TableName]?.Keys ?? [];
    RequestItems[TableName] = { Keys: [...asked, { pk, sk }], ConsistentRead: true };
  }
  const { Responses = {}, UnprocessedKeys = {} } = await plain.send(new BatchGetCommand({ RequestItems }));
  if (Object.keys(UnprocessedKeys).length > 0) throw new Error('An image of an item could not be read');
  const sizes = new Map<string, number>();
  for (const [name, items] of Object.entries(Responses))
    for (const item of items) sizes.set(idOf(name, item['pk'], item['sk']), itemSize(item));
  return touched.map(({ TableName, pk, sk }) => sizes.get(idOf(TableName, pk, sk)) ?? 0);
}

/** Units of a call that only reads. The operation says which input and output it has. */
function unitsRead(operation: string, input: unknown, output: unknown): number {
  switch (operation) {
    case 'GetItem': {
      const { Item = {} } = output as GetCommandOutput;
      return readUnits(itemSize(Item), consistencyOf(input as GetCommandInput));
    }
    case 'BatchGetItem':
      return unitsOfBatch(input as BatchGetCommandInput, output as BatchGetCommandOutput);
    case 'Query':
    case 'Scan': {
      const { Items = [] } = output as ScanCommandOutput;
      return readUnits(sumOf(Items), consistencyOf(input as ScanCommandInput));
    }
    default:
      throw new Error(`There is no rule for what ${operation} costs`);
  }
}

const sumOf = (items: readonly DocumentItem[]): number =>
  items.reduce((sum, item) => sum + itemSize(item), 0);

const consistencyOf = ({ ConsistentRead }: { ConsistentRead?: boolean | undefined }): Consistency =>
  ConsistentRead === true ? 'consistent' : 'eventual';

/** Each key by itself; one under which nothing stands costs as much as a small item. */
function unitsOfBatch(
  { RequestItems = {} }: BatchGetCommandInput,
  { Responses = {} }: BatchGetCommandOutput,
): number {
  let sum = 0;
  for (const [name, asked] of Object.entries(RequestItems)) {
    const consistency = consistencyOf(asked);
    const found = Responses[name] ?? [];
    for (const item of found) sum += readUnits(itemSize(item), consistency);
    sum += ((asked.Keys?.length ?? 0) - found.length) * readUnits(0, consistency);
  }
  return sum;
}
