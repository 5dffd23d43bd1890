import { describe, expect, it } from 'vitest';
import { historyStartDay, StageSettings } from '../../../../shared/contracts/stage.ts';
import { isoFromDay } from '../../../../shared/domain/kernel/day.ts';

const amsterdam = { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' };

describe('the settings of a stage', () => {
  it('need a zone, a currency and a country; the rest has defaults', () => {
    const stage = StageSettings.parse(amsterdam);

    expect(stage).toEqual({
      ...amsterdam,
      historyStart: '2000-01-01',
      unsubscribe: 'Tell us in any of our shops, and we stop writing.',
      frequencyCap: { messages: 2, days: 7 },
      margin: 0.3,
      churnWindowDays: 90,
      identity: expect.objectContaining({ blocked: {}, member: { check: 'none' } }),
      callBackHours: 48,
      signalsPerHour: 1_000,
      shards: 16,
    });
    expect(isoFromDay(historyStartDay(stage))).toBe('2000-01-01');
  });

  it.each([
    ['zone', { zone: 'Amsterdam' }],
    ['zone', { zone: 'europe/amsterdam' }],
    ['zone', { zone: '+01:00' }],
    ['currency', { currency: 'eur' }],
    ['currency', { currency: 'EURO' }],
    ['currency', { currency: 'XAU' }],
    ['country', { country: 'Netherlands' }],
    ['country', { country: 'UK' }],
    ['historyStart', { historyStart: '2000-02-30' }],
    ['margin', { margin: 30 }],
    ['churnWindowDays', { churnWindowDays: 13 }],
    ['shards', { shards: 0 }],
    ['shards', { shards: 1_001 }],
    ['frequencyCap', { frequencyCap: { messages: 2 } }],
    ['identity', { identity: { linking: ['fax'] } }],
    ['identity', { identity: { limits: { phone: { members: 0, others: 3 } } } }],
    ['', { colour: 'red' }],
  ])('are refused with a wrong %s: %j', (field, change) => {
    const { error } = StageSettings.safeParse({ ...amsterdam, ...change });

    expect(error?.issues[0]?.path[0] ?? '').toBe(field);
  });

  it('name every wrong value at once, and what to write instead', () => {
    const { error } = StageSettings.safeParse({ zone: 'Mars/Olympus', currency: 'XAU', country: 'UK' });

    expect(error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
      "zone: 'Mars/Olympus' is no IANA time zone, such as Europe/Amsterdam",
      "currency: 'XAU' has no minor units in which money could be counted; write what the tills charge, such as EUR",
      "country: 'UK' is no ISO 3166 code of a country with phone numbers, such as NL or GB",
    ]);
  });
});
