import type * as z from 'zod';
import { actionTaken } from './action-taken.ts';
import { adjustmentRecorded } from './adjustment-recorded.ts';
import { callbackMade } from './callback-made.ts';
import { cartViewed } from './cart-viewed.ts';
import { checkoutStarted } from './checkout-started.ts';
import { complaintRecorded } from './complaint-recorded.ts';
import { consentChanged } from './consent-changed.ts';
import { couponRedeemed } from './coupon-redeemed.ts';
import { couponShown } from './coupon-shown.ts';
import { exchangeRecorded } from './exchange-recorded.ts';
import { householdChanged } from './household-changed.ts';
import { memberEnrolled } from './member-enrolled.ts';
import { memberUpdated } from './member-updated.ts';
import { messageFeedback } from './message-feedback.ts';
import { messageStopped } from './message-stopped.ts';
import { pageViewed } from './page-viewed.ts';
import { productAdded } from './product-added.ts';
import { productViewed } from './product-viewed.ts';
import { productsSearched } from './products-searched.ts';
import { receiptCorrected } from './receipt-corrected.ts';
import { referralRecorded } from './referral-recorded.ts';
import { returnRecorded } from './return-recorded.ts';
import { reviewWritten } from './review-written.ts';
import { saleRecorded } from './sale-recorded.ts';
import { saleVoided } from './sale-voided.ts';
import { stockLow } from './stock-low.ts';
import { surveyAnswered } from './survey-answered.ts';
import { ticketClosed } from './ticket-closed.ts';
import { ticketOpened } from './ticket-opened.ts';
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
  [reviewWritten.type]: reviewWritten,
  [surveyAnswered.type]: surveyAnswered,
  [ticketOpened.type]: ticketOpened,
  [ticketClosed.type]: ticketClosed,
  [complaintRecorded.type]: complaintRecorded,
  [callbackMade.type]: callbackMade,
  [couponShown.type]: couponShown,
  [couponRedeemed.type]: couponRedeemed,
  [messageFeedback.type]: messageFeedback,
  [messageStopped.type]: messageStopped,
  [householdChanged.type]: householdChanged,
  [referralRecorded.type]: referralRecorded,
  [stockLow.type]: stockLow,
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
