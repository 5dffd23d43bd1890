import type {
  AttributeValue,
  DeleteItemInput,
  PutItemInput,
  TransactWriteItemsInput,
  UpdateItemInput,
} from '@aws-sdk/client-dynamodb';

/** An item that a call is about to write. */
export interface Touched {
  readonly TableName: string;
  readonly pk: string;
  readonly sk: string;
}

/** What a call writes, or undefined for one that only reads. The operation says which input it has. */
export function touchedBy(operation: string, input: unknown): readonly Touched[] | undefined {
  switch (operation) {
    case 'PutItem':
      return [touchedByPut(input as PutItemInput)];
    case 'UpdateItem':
      return [touchedByKey(input as UpdateItemInput)];
    case 'DeleteItem':
      return [touchedByKey(input as DeleteItemInput)];
    case 'TransactWriteItems':
      return ((input as TransactWriteItemsInput).TransactItems ?? []).map(({ Put, Update, Delete }) => {
        if (Put !== undefined) return touchedByPut(Put);
        const action = Update ?? Delete;
        if (action === undefined) throw new Error('There is no rule for what a check in a transaction costs');
        return touchedByKey(action);
      });
    default:
      return undefined;
  }
}

const touchedByPut = ({ TableName, Item }: Pick<PutItemInput, 'TableName' | 'Item'>): Touched =>
  touched(TableName, Item);

const touchedByKey = ({ TableName, Key }: Pick<UpdateItemInput, 'TableName' | 'Key'>): Touched =>
  touched(TableName, Key);

/** All tables have the same key, of two texts. */
const touched = (TableName = '', { pk, sk }: Partial<Record<string, AttributeValue>> = {}): Touched => ({
  TableName,
  pk: pk?.S ?? '',
  sk: sk?.S ?? '',
});
