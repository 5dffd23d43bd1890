import type { Handlers } from '../../shared/contracts/handler.ts';
import { type SegmentRoute, segmentRoutes } from '../../shared/contracts/segment-routes.ts';

/** For tests of a function whose Segment routes nobody calls. */
export const noSegment = Object.fromEntries(
  Object.keys(segmentRoutes).map((name) => [name, () => Promise.reject(new Error(`${name} was called`))]),
) as unknown as Handlers<SegmentRoute>;
