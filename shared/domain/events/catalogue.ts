import type * as z from 'zod';
import { actionTaken } from './action-taken.ts';
import { adjustmentRecorded } from './adjustment-recorded.ts';
import { cartViewed } from './cart-viewed.ts';
import { checkoutStarted } from './checkout-started.ts';
import { consentChanged } from './consent-changed.ts';
import { exchangeRecorded } from './exchange-recorded.ts';
import { memberEnrolled } from './member-enrolled.ts';
import { memberUpdated } from './member-updated.ts';
import { pageViewed } from './page-viewed.ts';
import { productAdded } from './product-added.ts';
import { productViewed } from './product-viewed.ts';
import { productsSearched } from './products-searched.ts';
import { receiptCorrected } from './receipt-corrected.ts';
import { returnRecorded } from './return-recorded.ts';
import { saleRecorded } from './sale-recorded.ts';
import { saleVoided } from './sale-voided.ts';
import { tillClosed } from './till-closed.ts';

/** The one place where an event type is registered. */
export const catalogue = {
  [saleRecorded.type]: saleRecorded,
  [saleVoided.type]: saleVoided,
  [receiptCorrected.type]: receiptCorrected,
  [returnRecorded.type]: returnRecorded,
  [adjustmentRecorded.type]: adjustmentRecorded,
  [tillClosed.type]: tillClosed,
  [memberEnrolled.type]: memberEnrolled,
  [memberUpdated.type]: memberUpdated,
  [consentChanged.type]: consentChanged,
  [pageViewed.type]: pageViewed,
  [productViewed.type]: productViewed,
  [productAdded.type]: productAdded,
  [cartViewed.type]: cartViewed,
  [checkoutStarted.type]: checkoutStarted,
  [productsSearched.type]: productsSearched,
  [actionTaken.type]: actionTaken,
} as const;

/** Told as one, kept as several of the catalogue's: whoever reads what happened never meets them. */
export const composites = { [exchangeRecorded.type]: exchangeRecorded } as const;

/** Everything that may be told. */
export const tellable = { ...catalogue, ...composites } as const;

type Catalogue = typeof catalogue;
export type EventType = keyof Catalogue;
export const eventTypes = Object.keys(catalogue) as [EventType, ...EventType[]];

/** What happened, by its type: the pair that reducers switch over. */
export type Happening = {
  [T in EventType]: { readonly type: T; readonly data: z.output<Catalogue[T]['data']> };
}[EventType];
