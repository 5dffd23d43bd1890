/** Mappings of well-known files, by the name under which the command line takes them. */
export const presets: Readonly<Record<string, unknown>> = {
  /** UCI Machine Learning Repository, "Online Retail" (Daqing Chen): a UK wholesaler and web shop, 2010-12 to 2011-12. */
  'online-retail': {
    columns: {
      receipt: 'InvoiceNo',
      sku: 'StockCode',
      quantity: 'Quantity',
      unitPrice: 'UnitPrice',
      occurredAt: 'InvoiceDate',
      note: 'Description',
      member: { column: 'CustomerID', clean: 'whole-number' },
    },
    constants: { store: 'online', channel: 'web', currency: 'GBP' },
    time: { format: 'YYYY-MM-DD HH:mm:ss', zone: 'Europe/London' },
    rules: { returns: { receiptPrefix: 'C' }, books: { receiptPrefix: 'A' }, negativeQuantity: 'stock' },
  },
};
