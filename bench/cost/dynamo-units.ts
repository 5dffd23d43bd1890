/** An item or a value in it, as the document client answers it. */
export type DocumentItem = Readonly<Record<string, unknown>>;

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html: names and texts by
 * their UTF-8 bytes, numbers by two digits a byte and one more, lists and maps with 3 bytes and 1 for each element.
 */
export const itemSize = (item: DocumentItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberSize(String(value));
  if (typeof value === 'boolean' || value === null) return 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce((sum, element) => sum + sizeOf(element) + 1, 3);
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return 3 + itemSize({ ...value }) + Object.keys(value).length;
  throw new Error(`There is no rule for the size of a ${typeof value}`);
}

/** Zeroes at either end do not count. */
function numberSize(number: string): number {
  const digits = number.replace(/e.*$/i, '').replaceAll(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1;
}

const KB = 1_024;
const units = (bytes: number, unit: number): number => Math.max(1, Math.ceil(bytes / unit));

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html: a write costs by the
 * larger of what stood there and what stands there now, a delete by what stood there, also where nothing did. "DynamoDB
 * performs two underlying writes for every item in the transaction".
 */
export const writeUnits = (
  before: number,
  after: number,
  { transaction }: { readonly transaction: boolean },
): number => units(Math.max(before, after), KB) * (transaction ? 2 : 1);

/** How a read is made, and what a unit of 4 KB costs then. */
export const consistencies = { eventual: 0.5, consistent: 1, transaction: 2 } as const;
export type Consistency = keyof typeof consistencies;

/** Of one item, also of one that is not there; of a query or a page of a scan the sum of its items. */
export const readUnits = (bytes: number, consistency: Consistency): number =>
  units(bytes, 4 * KB) * consistencies[consistency];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html: for indexing. */
export const storedSize = (bytes: number): number => bytes + 100;
