import { standsForNobody } from '../../identity/blocked.ts';
import type { Fault, Reading, Said, SaidConsent } from '../members/said.ts';
import { utcInstant } from '../utc-instant.ts';
import { Endpoint } from './endpoint.ts';
import { detailsOf } from './endpoint-details.ts';

export interface PinpointOptions {
  /** What a UserId is: a member number; or nothing but what endpoints of one person have in common. */
  readonly userIdIs: 'member' | 'link';
  /** Whether those who did not opt out had opted in. Nobody but the retailer knows. */
  readonly optInMeansConsent: boolean;
}

const channels = { EMAIL: 'email', SMS: 'sms' } as const;
const hasChannel = (type: string): type is keyof typeof channels => Object.hasOwn(channels, type);

/** What one exported endpoint says of its owner. `raw` is undefined where the line is no JSON. */
export function readEndpoint(line: number, raw: unknown, options: PinpointOptions): Reading {
  const inner = unwrapped(raw);
  const read = Endpoint.safeParse(inner);
  if (!read.success) {
    if (isSegment(inner)) return { kind: 'passed-over', line, ...segmentDefinition };
    return { kind: 'unread', line, ...noEndpoint(read.error.issues[0]?.path.join('.') ?? '') };
  }
  const endpoint = read.data;
  const { Address } = endpoint;
  const ChannelType = endpoint.ChannelType.trim().toUpperCase();
  if (!hasChannel(ChannelType)) return { kind: 'passed-over', line, ...notSpoken(ChannelType) };
  if (!Address) return { kind: 'unread', line, ...noAddress };
  return { kind: 'said', ...saidBy(line, endpoint, Address, channels[ChannelType], options) };
}

function saidBy(
  line: number,
  endpoint: Endpoint,
  address: string,
  channel: 'email' | 'sms',
  { userIdIs, optInMeansConsent }: PinpointOptions,
): Said {
  const { Id, EffectiveDate, User } = endpoint;
  const leftOut: Fault[] = [];
  const saidAt = EffectiveDate ? utcInstant(EffectiveDate) : undefined;
  if (EffectiveDate && saidAt === undefined) leftOut.push(noDate);
  const userId = User?.UserId?.trim() || undefined;
  return {
    line,
    about: `pinpoint/${Id ?? `${endpoint.ChannelType}/${address}`}`,
    ids: {
      ...(userId !== undefined && userIdIs === 'member' ? { member: userId } : {}),
      ...(userId !== undefined && userIdIs === 'link' ? linkedBy(userId, leftOut) : {}),
      ...(channel === 'email' ? { email: address } : { phone: international(address) }),
    },
    details: detailsOf(endpoint, leftOut),
    ...(saidAt === undefined ? {} : { saidAt }),
    consents: consentOf(endpoint, channel, optInMeansConsent, saidAt, leftOut),
    leftOut,
  };
}

/** What apps write where nobody had signed in would make one person of all who had not. */
function linkedBy(userId: string, leftOut: Fault[]): Said['ids'] {
  if (!standsForNobody('device', userId)) return { device: `pinpoint/${userId}` };
  leftOut.push(nobodyInParticular);
  return {};
}

/** Silence is no consent: only a retailer who asked before may say that who did not opt out had opted in. */
function consentOf(
  { OptOut, EndpointStatus }: Endpoint,
  channel: SaidConsent['channel'],
  optInMeansConsent: boolean,
  saidAt: string | undefined,
  leftOut: Fault[],
): SaidConsent[] {
  const when = saidAt === undefined ? {} : { at: saidAt };
  if (OptOut?.toUpperCase() === 'ALL')
    return [{ channel, status: 'withdrawn', evidence: 'Amazon Pinpoint: OptOut ALL', ...when }];
  if (!optInMeansConsent) leftOut.push(notOptedOut);
  else if (EndpointStatus?.toUpperCase() === 'INACTIVE') leftOut.push(inactive);
  else if (saidAt === undefined) leftOut.push(undated);
  else return [{ channel, status: 'granted', evidence: 'Amazon Pinpoint: OptOut NONE', ...when }];
  return [];
}

/** Pinpoint keeps numbers in E.164; CSV files lose the plus. */
const international = (address: string): string =>
  /^[1-9]\d{7,14}$/.test(address) ? `+${address}` : address;

/** What the API answers has the endpoint inside. */
function unwrapped(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'EndpointResponse' in raw ? raw.EndpointResponse : raw;
}

const isSegment = (raw: unknown): boolean =>
  typeof raw === 'object' &&
  raw !== null &&
  ['SegmentType', 'SegmentGroups', 'Dimensions', 'SegmentResponse', 'SegmentsResponse'].some(
    (name) => name in raw,
  );

const segmentDefinition: Fault = {
  code: 'segment-definition',
  column: '',
  message: 'is the definition of a segment; segments are rules here, write it anew (docs/segments.md)',
};

const noEndpoint = (path: string): Fault => ({
  code: 'no-endpoint',
  column: path,
  message: `is no endpoint of Amazon Pinpoint (${path || 'the line is no JSON object'}); a JSON object a line, or CSV with ChannelType and Address in its header`,
});

const noAddress: Fault = {
  code: 'no-address',
  column: 'Address',
  message: 'Address: is missing; an endpoint without it reaches nobody',
};

const notSpoken = (type: string): Fault => ({
  code: 'channel-not-spoken',
  column: 'ChannelType',
  message: `ChannelType ${/^[A-Z_]{1,20}$/.test(type) ? type : 'of this line'}: only EMAIL and SMS endpoints are people's addresses here; tokens of apps are worth nothing outside of Pinpoint`,
});

const noDate: Fault = {
  code: 'not-a-date',
  column: 'EffectiveDate',
  message: 'EffectiveDate: is no time of ISO 8601; the time of the file counts instead',
};

const nobodyInParticular: Fault = {
  code: 'blocked-user',
  column: 'User.UserId',
  message: 'User.UserId: stands for nobody in particular; the endpoint was taken without it',
};

const notOptedOut: Fault = {
  code: 'not-opted-out',
  column: 'OptOut',
  message:
    'OptOut: who did not opt out has not consented by that; where you asked before, say --opt-in-means consent',
};

const inactive: Fault = {
  code: 'inactive-endpoint',
  column: 'EndpointStatus',
  message: 'EndpointStatus: an address that is inactive gives no consent',
};

const undated: Fault = {
  code: 'consent-undated',
  column: 'EffectiveDate',
  message: 'EffectiveDate: a consent without a time could pass over a later no, and is left out',
};
