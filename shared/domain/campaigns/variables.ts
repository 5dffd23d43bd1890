import { totalsOf } from '../customers/totals.ts';
import type { CustomerView } from '../customers/view.ts';
import type { Lifecycle, ValueTier } from '../insight/score.ts';
import { formatMoney } from '../kernel/money.ts';

/** What a template may say about a customer. Those that may be undefined need a default in the template. */
export interface TemplateVariables {
  readonly name: string | undefined;
  readonly language: string | undefined;
  readonly lifecycle: Lifecycle | undefined;
  readonly tier: ValueTier | undefined;
  /** Net, with its currency: '1,234.50 EUR'. */
  readonly spent: string;
  readonly orders: number;
  /** Where the customer ends these messages: a link, or the words for it. */
  readonly unsubscribe: string;
}

/** For the reference page and for messages; a forgotten variable does not compile. */
export const variableSummaries: Readonly<Record<keyof TemplateVariables, string>> = {
  name: "the customer's name; may be missing",
  language: 'the language of messages, such as nl; may be missing',
  lifecycle: 'the lifecycle stage, such as loyal; missing before the first night',
  tier: 'the value tier, such as gold; missing without a purchase',
  spent: 'net spend with its currency',
  orders: 'number of orders',
  unsubscribe: 'where to end these messages',
};

/** `name` comes from the vault; a blank one is none, and its line breaks are blanks. */
export function variablesOf(
  { aggregate, score }: CustomerView,
  more: { readonly name: string | undefined; readonly currency: string; readonly unsubscribe: string },
): TemplateVariables {
  const { net, orders } = totalsOf(aggregate);
  return {
    name: more.name?.replace(/\s+/gu, ' ').trim() || undefined,
    language: aggregate.traits['language']?.value,
    lifecycle: score?.lifecycle,
    tier: score?.tier,
    spent: formatMoney(net, more.currency),
    orders,
    unsubscribe: more.unsubscribe,
  };
}
