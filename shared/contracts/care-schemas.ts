import * as z from 'zod';
import { careLevels, careReasons } from '../domain/customers/care.ts';
import { CustomerId } from '../domain/kernel/ids.ts';

const CallBack = z.object({
  ticket: z.string(),
  /** When it was complained of. */
  since: z.string(),
  due: z.string(),
  overdue: z.boolean(),
});

export const CareAnswer = z.object({
  level: z.enum(careLevels),
  reasons: z.array(z.enum(careReasons)),
  openTickets: z.int(),
  openComplaints: z.int(),
  /** The one that is due first. */
  callBack: CallBack.optional(),
});

export const CallBacks = z.object({
  /** Who waited longest comes first. */
  callBacks: z.array(CallBack.extend({ customer: CustomerId })),
  cursor: z.string().optional(),
});
