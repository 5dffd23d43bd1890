export const categories = ['milk', 'nappies', 'care', 'clothes', 'toys', 'outdoor', 'books'] as const;
export type Category = (typeof categories)[number];

export interface Good {
  readonly sku: string;
  readonly category: Category;
  /** Cents, with tax. */
  readonly price: number;
  /** Days until the household needs it again. */
  readonly lasts?: number;
}

/** How much of each month's baskets a category makes up, January first. */
export const seasons: Readonly<Record<Category, readonly number[]>> = {
  milk: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  nappies: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  care: [0.8, 0.8, 0.8, 0.8, 0.9, 1, 1, 0.9, 0.8, 0.8, 0.8, 0.9],
  clothes: [1.5, 1.1, 1.4, 1.3, 1, 1, 1.1, 1.2, 1.6, 1.4, 1.2, 1],
  toys: [0.9, 0.8, 0.8, 1, 0.9, 0.9, 0.8, 0.8, 0.9, 1.2, 2.6, 3.6],
  outdoor: [0.1, 0.1, 0.5, 1, 1.8, 3, 3.2, 2.2, 0.5, 0.2, 0.1, 0.1],
  books: [0.9, 0.8, 0.8, 0.8, 0.8, 0.9, 1, 0.9, 0.9, 1, 1.4, 1.9],
};

export const goods: readonly Good[] = [
  { sku: 'MILK-400', category: 'milk', price: 1149, lasts: 14 },
  { sku: 'MILK-900', category: 'milk', price: 2199, lasts: 28 },
  { sku: 'MILK-HA-900', category: 'milk', price: 2649, lasts: 28 },
  { sku: 'PORRIDGE-OAT', category: 'milk', price: 349 },
  { sku: 'PUREE-6', category: 'milk', price: 595 },
  { sku: 'NAPPY-S-44', category: 'nappies', price: 1295, lasts: 10 },
  { sku: 'NAPPY-M-56', category: 'nappies', price: 1595, lasts: 14 },
  { sku: 'NAPPY-L-72', category: 'nappies', price: 1995, lasts: 18 },
  { sku: 'WIPES-12', category: 'nappies', price: 1189 },
  { sku: 'SWIM-NAPPY', category: 'nappies', price: 799 },
  { sku: 'CREAM-100', category: 'care', price: 549 },
  { sku: 'SUN-50', category: 'care', price: 1399 },
  { sku: 'SHAMPOO-250', category: 'care', price: 429 },
  { sku: 'THERMOMETER', category: 'care', price: 2495 },
  { sku: 'BODY-3', category: 'clothes', price: 1499 },
  { sku: 'PYJAMA-74', category: 'clothes', price: 1799 },
  { sku: 'LEGGING-92', category: 'clothes', price: 999 },
  { sku: 'JEANS-104', category: 'clothes', price: 2299 },
  { sku: 'SHOES-24', category: 'clothes', price: 3999 },
  { sku: 'COAT-98', category: 'clothes', price: 5999 },
  { sku: 'SOCKS-5', category: 'clothes', price: 895 },
  { sku: 'BLOCKS-100', category: 'toys', price: 2999 },
  { sku: 'TRAIN-SET', category: 'toys', price: 4999 },
  { sku: 'DOLL-38', category: 'toys', price: 3495 },
  { sku: 'PUZZLE-48', category: 'toys', price: 1295 },
  { sku: 'BEAR-30', category: 'toys', price: 1995 },
  { sku: 'GAME-MEMO', category: 'toys', price: 1450 },
  { sku: 'CRAYONS-24', category: 'toys', price: 695 },
  { sku: 'KITCHEN-WOOD', category: 'toys', price: 8995 },
  { sku: 'POOL-120', category: 'outdoor', price: 2495 },
  { sku: 'SAND-SET', category: 'outdoor', price: 1195 },
  { sku: 'TRICYCLE', category: 'outdoor', price: 5995 },
  { sku: 'SUNHAT', category: 'outdoor', price: 1295 },
  { sku: 'KITE', category: 'outdoor', price: 995 },
  { sku: 'BOOK-BOARD', category: 'books', price: 799 },
  { sku: 'BOOK-PICTURE', category: 'books', price: 1495 },
  { sku: 'BOOK-SOUND', category: 'books', price: 1695 },
];

/** What young families come back for. */
export const replenished: readonly (Good & { readonly lasts: number })[] = goods.flatMap((good) =>
  good.lasts === undefined ? [] : [{ ...good, lasts: good.lasts }],
);
