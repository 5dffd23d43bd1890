/**
 * Messages in the shape in which the published SDKs send them, written from their documentation. Each has what
 * its SDK adds by itself, since that is what must not get in the way, nor through.
 */
export const inBrowser = {
  anonymousId: '5f2d0c1e-7a3b-4c39-9d51-0f6f0a6f1b11',
  context: {
    ip: '203.0.113.9',
    library: { name: 'analytics.js', version: 'npm:next-1.81.0' },
    locale: 'nl-NL',
    timezone: 'Europe/Amsterdam',
    userAgent: 'Mozilla/5.0',
    page: {
      path: '/sale/spring',
      referrer: 'https://search.example/?q=ada',
      search: '?email=ada@example.com',
      title: 'Spring sale',
      url: 'https://shop.example/sale/spring?email=ada@example.com',
    },
  },
  integrations: {},
  messageId: 'ajs-next-1773482400000-1f0e3c5a-2f3d-4a7e-9a52-d4c6f1b8e0aa',
  originalTimestamp: '2026-03-14T10:15:00.000Z',
  sentAt: '2026-03-14T10:15:02.000Z',
  _metadata: { bundled: ['Segment.io'], unbundled: [], bundledIds: [] },
};

export const onServer = {
  userId: 'M-1001',
  context: { library: { name: '@segment/analytics-node', version: '2.2.0' } },
  integrations: {},
  messageId: 'node-next-1773482400000-1f0e3c5a-2f3d-4a7e-9a52-d4c6f1b8e0ab',
  timestamp: '2026-03-14T10:15:00.000Z',
  _metadata: { nodeVersion: '24.21.0', jsRuntime: 'node' },
};

export const onPhone = {
  anonymousId: '0a1b2c3d-0000-4000-8000-00000000beef',
  userId: 'M-1001',
  context: {
    app: { name: 'Shop', version: '3.1.0', build: '310' },
    device: {
      id: 'b5372db0c21988',
      manufacturer: 'Maker',
      model: 'Phone',
      name: 'phone of Ada',
      type: 'ios',
    },
    library: { name: 'analytics-swift', version: '1.6.0' },
    locale: 'nl_NL',
    traits: {},
  },
  integrations: {},
  messageId: '022BB90C-BBAC-11E4-8DFC-AA07A5B093DB',
  timestamp: '2026-03-14T10:15:00.123Z',
};

const products = [
  { product_id: '507f1f77', sku: 'MILK-900', name: 'Milk', price: 19.99, quantity: 2, category: 'baby' },
  { product_id: '505bd76b', sku: 'TEA', name: 'Tea', price: '0.1', quantity: 3, category: 'tea' },
];

/** 40.28 of goods, 4.95 of shipping, 5 off: 40.23. */
export const order = {
  checkout_id: 'fksdjfsdjfisjf9sdfjsd9f',
  order_id: '50314b8e9bcf',
  affiliation: 'Shop on the web',
  subtotal: 35.28,
  total: 40.23,
  revenue: 35.28,
  shipping: 4.95,
  discount: 5,
  coupon: 'hasbros',
  currency: 'EUR',
  email: 'ada@example.com',
  products,
};

export const track = (event: string, properties: object = {}, frame: object = onServer) => ({
  type: 'track',
  event,
  properties,
  ...frame,
});

export const identify = (traits: object, frame: object = inBrowser) => ({
  type: 'identify',
  userId: 'M-1001',
  traits,
  ...frame,
});
