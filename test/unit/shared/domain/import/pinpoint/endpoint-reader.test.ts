import { describe, expect, it } from 'vitest';
import { endpointOfLine } from '../../../../../../shared/domain/import/pinpoint/endpoint.ts';
import {
  type PinpointOptions,
  readEndpoint,
} from '../../../../../../shared/domain/import/pinpoint/endpoint-reader.ts';

const anEndpoint = (parts: object = {}) => ({
  Id: 'e1',
  Address: 'ann@example.com',
  ChannelType: 'EMAIL',
  OptOut: 'NONE',
  EffectiveDate: '2024-05-01T10:00:00.000Z',
  EndpointStatus: 'ACTIVE',
  ...parts,
});

const read = (raw: unknown, options: Partial<PinpointOptions> = {}) =>
  readEndpoint(1, raw, { userIdIs: 'link', optInMeansConsent: false, ...options });

const said = (raw: unknown, options: Partial<PinpointOptions> = {}) => {
  const reading = read(raw, options);
  if (reading.kind !== 'said') throw new Error(`read as ${reading.kind}`);
  return reading;
};

describe('an endpoint of Amazon Pinpoint', () => {
  it('is an address, with what is known of its owner', () => {
    const reading = said(
      anEndpoint({
        User: { UserId: 'u1', UserAttributes: { FirstName: ['Ann'], lastName: ['Lee'] } },
        Location: { City: 'Berlin', Country: 'DE' },
        Demographic: { Locale: 'de_DE', Model: 'x' },
        Attributes: { Likes: ['tea'] },
        Metrics: { visits: 3 },
      }),
    );

    expect(reading).toMatchObject({
      about: 'pinpoint/e1',
      ids: { email: 'ann@example.com', device: 'pinpoint/u1' },
      details: {
        name: 'Ann Lee',
        language: 'de-DE',
        address: { city: 'Berlin', country: 'DE' },
        userAttributes: { FirstName: ['Ann'] },
        attributes: { Likes: ['tea'] },
        metrics: { visits: 3 },
      },
      saidAt: '2024-05-01T10:00:00.000Z',
    });
  });

  it('belongs to a member number only where somebody says that user ids are', () => {
    const raw = anEndpoint({ User: { UserId: 'u1' } });
    expect(said(raw, { userIdIs: 'member' }).ids).toEqual({ member: 'u1', email: 'ann@example.com' });
    expect(said(raw).ids).toEqual({ device: 'pinpoint/u1', email: 'ann@example.com' });
  });

  it.each(['null', ' Anonymous ', 'undefined'])(
    'is linked by no user id that stands for nobody: %s',
    (UserId) => {
      const { ids, leftOut } = said(anEndpoint({ User: { UserId } }));

      expect(ids).toEqual({ email: 'ann@example.com' });
      expect(leftOut.map(({ code }) => code)).toContain('blocked-user');
    },
  );

  it('speaks of its channel in capitals or not', () => {
    const optedOut = said(anEndpoint({ ChannelType: 'email', OptOut: 'all' }));
    expect(optedOut.consents).toMatchObject([{ channel: 'email', status: 'withdrawn' }]);
  });

  it('has an international number, also where a file lost its plus', () => {
    expect(said(anEndpoint({ ChannelType: 'SMS', Address: '12065550182' })).ids).toEqual({
      phone: '+12065550182',
    });
  });

  it('comes as the API answers it, too', () => {
    expect(said({ EndpointResponse: anEndpoint() }).about).toBe('pinpoint/e1');
  });

  it('may have a time without an offset, which is UTC', () => {
    expect(said(anEndpoint({ EffectiveDate: '2024-05-01T10:00:00.000' })).saidAt).toBe(
      '2024-05-01T10:00:00.000Z',
    );
    expect(said(anEndpoint({ EffectiveDate: 'yesterday' })).leftOut.map(({ code }) => code)).toContain(
      'not-a-date',
    );
  });

  it('finds the name in the attributes of the address, where its user has none', () => {
    const raw = anEndpoint({
      User: { UserAttributes: { FirstName: [''] } },
      Attributes: { 'Full Name': ['Ann Lee'] },
    });
    expect(said(raw).details).toMatchObject({ name: 'Ann Lee' });
  });

  it('says nothing of its owner where every group of the export is empty', () => {
    const raw = anEndpoint({
      Attributes: null,
      Metrics: null,
      Location: null,
      Demographic: null,
      User: null,
    });
    expect(said(raw)).toMatchObject({ ids: { email: 'ann@example.com' }, details: {} });
  });

  it('is known by channel and address where the export has no id', () => {
    expect(said(anEndpoint({ Id: null })).about).toBe('pinpoint/EMAIL/ann@example.com');
  });

  it('is taken without a detail that cannot be read, which is named and not shown', () => {
    const reading = said(
      anEndpoint({
        User: { UserAttributes: { Name: 'Ann '.repeat(60) } },
        Demographic: { Locale: 'en_GB' },
        Location: { City: 'York '.repeat(80), Country: 'GB' },
      }),
    );

    expect(reading.details).toMatchObject({ language: 'en-GB', address: { country: 'GB' } });
    expect(reading.details).not.toHaveProperty('name');
    expect(reading.leftOut.filter(({ code }) => code === 'invalid-cell')).toEqual([
      {
        code: 'invalid-cell',
        column: 'User.UserAttributes',
        message: expect.stringMatching(/^User\.UserAttributes: .*200/),
      },
      {
        code: 'invalid-cell',
        column: 'Location.City',
        message: expect.stringMatching(/^Location\.City: .*300/),
      },
    ]);
    expect(JSON.stringify(reading.leftOut)).not.toMatch(/Ann|York/);
  });

  it('keeps a channel that is no word of Pinpoint out of the report: it may be a cell of somebody', () => {
    const reading = read(anEndpoint({ ChannelType: 'ann@example.com' }));
    expect(reading).toMatchObject({ kind: 'passed-over', code: 'channel-not-spoken' });
    expect(JSON.stringify(reading)).not.toContain('ann@');
  });

  it.each([
    ['an app', anEndpoint({ ChannelType: 'GCM' }), 'passed-over', 'channel-not-spoken'],
    ['a voice', anEndpoint({ ChannelType: 'VOICE' }), 'passed-over', 'channel-not-spoken'],
    ['a segment', { SegmentType: 'DIMENSIONAL', Name: 'x' }, 'passed-over', 'segment-definition'],
    ['no JSON', undefined, 'unread', 'no-endpoint'],
    ['something else', { hello: 'world' }, 'unread', 'no-endpoint'],
    ['an endpoint without an address', anEndpoint({ Address: null }), 'unread', 'no-address'],
  ])('is not %s', (_, raw, kind, code) => {
    expect(read(raw)).toMatchObject({ kind, code, line: 1 });
  });
});

describe('consent of an endpoint', () => {
  const at = '2024-05-01T10:00:00.000Z';

  it('is withdrawn by OptOut ALL, whatever else is said', () => {
    const all = anEndpoint({ OptOut: 'ALL' });
    for (const optInMeansConsent of [true, false])
      expect(said(all, { optInMeansConsent }).consents).toEqual([
        { channel: 'email', status: 'withdrawn', at, evidence: 'Amazon Pinpoint: OptOut ALL' },
      ]);
  });

  it('is not given by silence', () => {
    const silent = said(anEndpoint());
    expect(silent.consents).toEqual([]);
    expect(silent.leftOut.map(({ code }) => code)).toEqual(['not-opted-out']);
  });

  it('is given where the retailer says that he asked before, for addresses that work', () => {
    const asked = { optInMeansConsent: true };
    expect(said(anEndpoint(), asked).consents).toMatchObject([{ status: 'granted', at }]);
    expect(said(anEndpoint({ EndpointStatus: 'INACTIVE' }), asked)).toMatchObject({
      consents: [],
      leftOut: [{ code: 'inactive-endpoint' }],
    });
    expect(said(anEndpoint({ EffectiveDate: undefined }), asked)).toMatchObject({
      consents: [],
      leftOut: [{ code: 'consent-undated' }],
    });
  });
});

describe('a line of a CSV export', () => {
  it('is the endpoint that its header spells', () => {
    const header = [
      'ChannelType',
      'Address',
      'OptOut',
      'User.UserId',
      'User.UserAttributes.FirstName',
      'Location.Country',
      '__proto__',
    ];
    const raw = endpointOfLine(header, ['SMS', '+31612345678', 'ALL', 'u2', 'Bo', 'NL', 'x']);

    expect(said(raw)).toMatchObject({
      ids: { phone: '+31612345678', device: 'pinpoint/u2' },
      details: { name: 'Bo', address: { country: 'NL' } },
      consents: [{ channel: 'sms', status: 'withdrawn' }],
    });
  });

  it('says nothing with cells that are empty or missing at its end', () => {
    const header = ['ChannelType', 'Address', 'OptOut', 'Location.City', 'User.UserId'];
    expect(endpointOfLine(header, ['EMAIL', 'bo@example.com', ' ', ''])).toEqual({
      ChannelType: 'EMAIL',
      Address: 'bo@example.com',
      Attributes: {},
      Metrics: {},
      Location: {},
      Demographic: {},
      User: { UserAttributes: {} },
    });
  });
});
