import type { Happening } from '../../domain/events/catalogue.ts';
import { MOST_DAYS_BACK, mayClose } from '../../domain/feeds/close-day.ts';
import { type Day, dayFromIso, isoFromDay } from '../../domain/kernel/day.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** Throws InvalidInput `day-too-far` of a close that nothing could be compared with. */
export function refuseFarClose(happening: Happening, on: Day): void {
  if (happening.type !== 'till.closed' || mayClose(on, dayFromIso(happening.data.day))) return;
  throw new InvalidInput(
    'day-too-far',
    'data.day',
    `data.day: ${happening.data.day} lies too far from occurredAt, ${isoFromDay(on)} here; a close speaks of its own day or one of the ${MOST_DAYS_BACK} before`,
  );
}
