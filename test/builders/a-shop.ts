/** Messages of shops in the shape in which the shops send them, written from their documentation. */

/** 1999 → '19.99'. */
export const major = (minor: number): string => (minor / 100).toFixed(2);

const both = (minor: number) => ({
  shop_money: { amount: major(minor), currency_code: 'EUR' },
  presentment_money: { amount: major(minor), currency_code: 'EUR' },
});

export interface Item {
  readonly sku: string;
  readonly price: number;
  readonly quantity: number;
  readonly discount?: number;
  readonly tax?: number;
}

/** A line of Shopify; its number follows its place. */
export const shopifyLine = ({ sku, price, quantity, discount = 0, tax = 0 }: Item, index: number) => ({
  id: 9_000 + index,
  sku,
  variant_id: 500 + index,
  product_id: 400 + index,
  title: `Thing ${index}`,
  vendor: 'Maker',
  quantity,
  current_quantity: quantity,
  gift_card: false,
  price: major(price),
  price_set: both(price),
  total_discount: '0.00',
  discount_allocations:
    discount === 0
      ? []
      : [{ amount: major(discount), amount_set: both(discount), discount_application_index: 0 }],
  tax_lines: tax === 0 ? [] : [{ title: 'VAT', rate: 0.21, price: major(tax), price_set: both(tax) }],
});

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

export interface ShopifyOrder {
  readonly id?: number;
  readonly items?: readonly Item[];
  readonly shipping?: number;
  readonly tip?: number;
  readonly taxesIncluded?: boolean;
  readonly refunds?: readonly object[];
}

/** What the shop says the order costs. */
export const shopifyTotal = ({
  items = [],
  shipping = 0,
  tip = 0,
  taxesIncluded = true,
}: ShopifyOrder): number =>
  sum(
    items.map(
      ({ price, quantity, discount = 0, tax = 0 }) => price * quantity - discount + (taxesIncluded ? 0 : tax),
    ),
  ) +
  shipping +
  tip;

const mug: Item = { sku: 'MUG', price: 1_250, quantity: 2 };

export const shopifyOrder = (order: ShopifyOrder = {}, told: object = {}) => {
  const { id = 4_001, items = [mug], shipping = 495, tip = 0, taxesIncluded = true, refunds = [] } = order;
  const total = shopifyTotal({ items, shipping, tip, taxesIncluded });
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    order_number: id,
    test: false,
    source_name: 'web',
    currency: 'EUR',
    presentment_currency: 'EUR',
    financial_status: 'paid',
    created_at: '2026-03-14T11:15:00+01:00',
    processed_at: '2026-03-14T11:15:00+01:00',
    updated_at: '2026-03-14T11:15:02+01:00',
    cancelled_at: null,
    cancel_reason: null,
    email: 'ada@example.com',
    contact_email: 'ada@example.com',
    phone: null,
    billing_address: { first_name: 'Ada', last_name: 'Vermeer', phone: '+31612345678', city: 'Delft' },
    customer: { id: 77, email: 'ada@example.com', phone: null, first_name: 'Ada', last_name: 'Vermeer' },
    taxes_included: taxesIncluded,
    total_price: major(total),
    total_price_set: both(total),
    total_tip_received: major(tip),
    line_items: items.map(shopifyLine),
    shipping_lines:
      shipping === 0
        ? []
        : [
            {
              id: 31,
              title: 'Post',
              price: major(shipping),
              price_set: both(shipping),
              discount_allocations: [],
              tax_lines: [],
              is_removed: false,
            },
          ],
    refunds,
    ...told,
  };
};

interface ShopifyRefund {
  readonly id?: number;
  readonly order?: number;
  /** Goods by their place in the order: how many, what they cost, the tax of it. */
  readonly goods?: readonly {
    readonly item: Item;
    readonly index: number;
    readonly quantity: number;
    readonly subtotal: number;
    readonly tax?: number;
  }[];
  /** What was paid back. */
  readonly paid?: number;
  /** Shipping paid back, or goodwill; the shop writes it below 0. */
  readonly adjusted?: number;
}

export const shopifyRefund = (refund: ShopifyRefund = {}, told: object = {}) => {
  const { id = 8_001, order = 4_001, goods = [], paid = 0, adjusted = 0 } = refund;
  return {
    id,
    order_id: order,
    created_at: '2026-03-15T09:00:00+01:00',
    processed_at: '2026-03-15T09:00:00+01:00',
    note: '',
    refund_line_items: goods.map(({ item, index, quantity, subtotal, tax = 0 }) => ({
      id: 7_000 + index,
      line_item_id: 9_000 + index,
      line_item: shopifyLine(item, index),
      quantity,
      restock_type: 'return',
      subtotal: major(subtotal),
      subtotal_set: both(subtotal),
      total_tax: major(tax),
      total_tax_set: both(tax),
    })),
    order_adjustments:
      adjusted === 0
        ? []
        : [
            {
              id: 61,
              kind: 'shipping_refund',
              reason: 'Shipping refund',
              amount: major(-adjusted),
              amount_set: both(-adjusted),
              tax_amount: '0.00',
              tax_amount_set: both(0),
            },
          ],
    transactions:
      paid === 0
        ? []
        : [{ id: 51, kind: 'refund', status: 'success', amount: major(paid), currency: 'EUR', test: false }],
    ...told,
  };
};

interface SquarePayment {
  readonly id?: string;
  readonly total?: number;
  readonly tip?: number;
}

const eur = (amount: number) => ({ amount, currency: 'EUR' });

export const squarePayment = (
  { id = 'pay-1', total = 2_995, tip = 0 }: SquarePayment,
  told: object = {},
) => ({
  id,
  created_at: '2026-03-14T10:15:00.120Z',
  updated_at: '2026-03-14T10:15:03.450Z',
  amount_money: eur(total - tip),
  ...(tip === 0 ? {} : { tip_money: eur(tip) }),
  total_money: eur(total),
  status: 'COMPLETED',
  source_type: 'CARD',
  location_id: 'L1',
  order_id: `order-of-${id}`,
  customer_id: 'SQ-CUST-1',
  application_details: { square_product: 'SQUARE_POS' },
  ...told,
});

export const squareOrder = (items: readonly Item[], tip = 0, payment = 'pay-1') => {
  const lines = items.map(({ sku, price, quantity, discount = 0, tax = 0 }, index) => ({
    uid: `line-${index}`,
    name: sku,
    quantity: String(quantity),
    catalog_object_id: sku,
    base_price_money: eur(price),
    gross_sales_money: eur(price * quantity),
    total_discount_money: eur(discount),
    total_tax_money: eur(tax),
    total_money: eur(price * quantity - discount + tax),
  }));
  const total = sum(lines.map(({ total_money }) => total_money.amount)) + tip;
  return {
    id: `order-of-${payment}`,
    location_id: 'L1',
    state: 'COMPLETED',
    version: 4,
    line_items: lines,
    total_money: eur(total),
    total_tip_money: eur(tip),
    tenders: [{ id: payment, payment_id: payment, type: 'CARD', amount_money: eur(total) }],
  };
};

export const squareRefund = (id: string, amount: number, told: object = {}) => ({
  id,
  status: 'COMPLETED',
  amount_money: eur(amount),
  payment_id: 'pay-1',
  order_id: `refund-order-of-${id}`,
  location_id: 'L1',
  created_at: '2026-03-15T08:00:00.000Z',
  updated_at: '2026-03-15T08:00:09.000Z',
  ...told,
});

/** The frame of every message of Square. */
export const squareMessage = (type: string, object: object) => ({
  merchant_id: 'M',
  type,
  event_id: `event-of-${type}`,
  created_at: '2026-03-14T10:15:04Z',
  data: { type: type.split('.')[0], id: 'x', object },
});

interface WooOrder {
  readonly id?: number;
  readonly items?: readonly Item[];
  readonly shipping?: number;
  readonly fee?: number;
}

/** Prices without tax, as WooCommerce keeps them whatever the shop shows. */
export const wooTotal = ({ items = [], shipping = 0, fee = 0 }: WooOrder): number =>
  sum(items.map(({ price, quantity, discount = 0, tax = 0 }) => price * quantity - discount + tax)) +
  shipping +
  fee;

const wooLine = ({ sku, price, quantity, discount = 0, tax = 0 }: Item, index: number) => ({
  id: 300 + index,
  name: `Thing ${index}`,
  product_id: 40 + index,
  variation_id: 0,
  quantity,
  subtotal: major(price * quantity),
  subtotal_tax: major(tax),
  total: major(price * quantity - discount),
  total_tax: major(tax),
  sku,
  price: price / 100,
  meta_data: [],
});

export const wooOrder = (order: WooOrder = {}, told: object = {}) => {
  const { id = 727, items = [mug], shipping = 495, fee = 0 } = order;
  return {
    id,
    parent_id: 0,
    number: String(id),
    status: 'processing',
    currency: 'EUR',
    prices_include_tax: false,
    date_created: '2026-03-14T11:15:00',
    date_created_gmt: '2026-03-14T10:15:00',
    date_modified_gmt: '2026-03-14T10:15:05',
    date_paid_gmt: '2026-03-14T10:15:05',
    total: major(wooTotal({ items, shipping, fee })),
    customer_id: 26,
    billing: { first_name: 'Ada', last_name: 'Vermeer', email: 'ada@example.com', phone: '+31612345678' },
    line_items: items.map(wooLine),
    shipping_lines:
      shipping === 0 ? [] : [{ id: 31, method_title: 'Post', total: major(shipping), total_tax: '0.00' }],
    fee_lines: fee === 0 ? [] : [{ id: 32, name: 'Fee', total: major(fee), total_tax: '0.00' }],
    coupon_lines: [],
    refunds: [],
    ...told,
  };
};

interface WooRefund {
  readonly id?: number;
  readonly amount: number;
  readonly goods?: readonly { readonly item: Item; readonly index: number }[];
}

export const wooRefund = ({ id = 901, amount, goods = [] }: WooRefund) => ({
  order: 727,
  currency: 'EUR',
  refund: {
    id,
    date_created_gmt: '2026-03-15T08:00:00',
    amount: major(amount),
    reason: '',
    line_items: goods.map(({ item, index }) => {
      const line = wooLine(item, index);
      return {
        ...line,
        id: 800 + index,
        quantity: -line.quantity,
        total: `-${line.total}`,
        total_tax: `-${line.total_tax}`,
        meta_data: [{ id: 1, key: '_refunded_item_id', value: String(line.id) }],
      };
    }),
  },
});
