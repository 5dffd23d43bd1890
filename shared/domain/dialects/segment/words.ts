import { firstText, objectIn, type Told } from '../told.ts';

/** Properties that the e-commerce spec calls otherwise. */
const PROPERTIES: Readonly<Record<string, string>> = {
  receipt: 'order_id',
  lines: 'products',
  unitPrice: 'price',
  cart: 'cart_id',
};

/** Where in the message stands what an event has at this path; that of the event, where the message has no such field. */
export function inMessage(told: unknown, path: string): string {
  const message = objectIn(told);
  if (path === 'id') return 'messageId';
  if (path === 'occurredAt')
    return firstText(message, 'originalTimestamp') === undefined ? 'timestamp' : 'originalTimestamp';
  const [place, ...steps] = path.split('.');
  // The store is the web's, whatever the message says.
  if (place !== 'data' || steps.length === 0 || steps[0] === 'store') return path;
  return isAboutSomebody(message)
    ? ['traits', ...steps].join('.')
    : ['properties', ...steps.map((step) => PROPERTIES[step] ?? step)].join('.');
}

const isAboutSomebody = ({ type }: Told): boolean => ['identify', 'group', 'alias'].includes(String(type));
