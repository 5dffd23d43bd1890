import type { Line } from '../../events/receipt.ts';
import type { RawEvent } from '../../import/raw-event.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { groupsOf } from '../../kernel/groups.ts';
import { amountIn } from '../amounts.ts';
import { firstText, listIn, objectIn, stated, type Told } from '../told.ts';
import type { Frame } from './frame.ts';
import { linesIn, refundIn } from './products.ts';
import { refuseForeign } from './sums.ts';
import { REFUNDS, SHOP, type Surroundings } from './surroundings.ts';

/** An event holds 32 KB; lines whose names are as long as may be have half a KB. */
const LINES_A_PART = 50;

/** A receipt number has at most 64 characters; the end of a messageId is what tells one from another. */
const MOST_RECEIPT = 64;

/** The order names itself by its number, so the same one told by browser and server counts once. */
export function orderCompleted(message: Told, frame: Frame, { currency }: Surroundings): RawEvent[] {
  const properties = objectIn(message['properties']);
  refuseForeign(properties, currency);
  const receipt = orderIn(properties);
  if (listIn(properties['products']).length === 0) throw productsMissing();
  const head = { ...SHOP, receipt, channel: channelOf(message) };
  return inParts(linesIn(properties, currency), (lines, part) => ({
    ...unnamed(frame),
    type: 'sale.recorded',
    data: { ...head, part, lines },
  }));
}

/** With products these came back, else all of the order: for `total`, or for what was paid. It names the sale. */
export function orderRefunded(message: Told, frame: Frame, { currency }: Surroundings): RawEvent[] {
  const properties = objectIn(message['properties']);
  refuseForeign(properties, currency);
  const order = orderIn(properties);
  const isWhole = listIn(properties['products']).length === 0;
  const amount = isWhole ? paidBack(properties, currency) : undefined;
  const head = {
    ...REFUNDS,
    // All of an order comes back once; of parts, and of sums of money, only the message tells one from another.
    receipt:
      isWhole && amount === undefined
        ? order
        : (firstText(properties, 'refund_id') ?? frame.id).slice(-MOST_RECEIPT),
    channel: channelOf(message),
    sale: { ...SHOP, receipt: order },
  };
  const returned = { ...unnamed(frame), type: 'return.recorded' } as const;
  if (isWhole) return [{ ...returned, data: { ...head, whole: true, ...stated({ amount }) } }];
  const { lines, beside } = refundIn(properties, currency);
  return inParts(lines, (some, part) => ({
    ...returned,
    data: { ...head, part, lines: some, ...(part === 1 && beside > 0 ? { amount: beside } : {}) },
  }));
}

function paidBack(properties: Told, currency: string): number | undefined {
  const name = properties['total'] === undefined ? 'revenue' : 'total';
  return amountIn(properties[name], currency, `properties.${name}`);
}

/** The receipt's own name is enough; the message's would be a second one to keep. */
const unnamed = ({ id: _named, ...frame }: Frame): Omit<Frame, 'id'> => frame;

const inParts = (lines: readonly Line[], write: (lines: Line[], part: number) => RawEvent): RawEvent[] =>
  groupsOf(lines, LINES_A_PART).map((some, index) => write(some, index + 1));

function orderIn(properties: Told): string {
  const order = firstText(properties, 'order_id', 'orderId');
  if (order === undefined) throw wrongOrder('is missing; it takes the number of the order');
  // Not cut, as a refund's name is: a refund of another system names the order in full.
  if (order.length > MOST_RECEIPT) throw wrongOrder(`takes at most ${MOST_RECEIPT} characters`);
  return order;
}

const wrongOrder = (what: string): InvalidInput =>
  new InvalidInput('invalid-field', 'properties.order_id', `properties.order_id: ${what}`);

const productsMissing = (): InvalidInput =>
  new InvalidInput(
    'invalid-field',
    'properties.products',
    'properties.products: is missing or empty; send the products with sku, price and quantity',
  );

const PHONE = /^(?:ios|android)$/i;

const channelOf = (message: Told): 'app' | 'web' =>
  PHONE.test(firstText(objectIn(objectIn(message['context'])['device']), 'type') ?? '') ? 'app' : 'web';
