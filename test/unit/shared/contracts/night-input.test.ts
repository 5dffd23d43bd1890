import { describe, expect, it } from 'vitest';
import { Ended, runOf, Start } from '../../../../shared/contracts/night-input.ts';
import { StageSettings } from '../../../../shared/contracts/stage.ts';

const amsterdam = StageSettings.parse({
  zone: 'Europe/Amsterdam',
  currency: 'EUR',
  country: 'NL',
  shards: 8,
});
const shanghai = StageSettings.parse({ zone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' });

describe('a night that the schedule starts', () => {
  it.each([
    // 03:30 in Amsterdam is 02:30 in winter and 01:30 in summer, UTC.
    ['2026-02-01T02:30:00Z', amsterdam, '2026-01-31'],
    ['2026-07-01T01:30:00Z', amsterdam, '2026-06-30'],
    // 03:30 in Shanghai is the evening before, UTC.
    ['2026-02-01T19:30:00Z', shanghai, '2026-02-01'],
  ] as const)('at %s is about the business day before', (scheduledAt, stage, asOf) => {
    expect(runOf(Start.parse({ scheduledAt }), stage)).toEqual({ asOf, shards: stage.shards });
  });
});

describe('a night that somebody starts', () => {
  it('is about the date that was named', () => {
    expect(runOf(Start.parse({ asOf: '2026-01-15' }), amsterdam)).toEqual({ asOf: '2026-01-15', shards: 8 });
  });

  it.each([[{}], [{ asOf: 'yesterday' }], [{ scheduledAt: 'soon' }]])(
    'is refused without a date: %j',
    (input) => {
      expect(Start.safeParse(input).success).toBe(false);
    },
  );
});

describe('the word that a night has ended badly', () => {
  it('tells which night it was', () => {
    const ended = Ended.parse({
      source: 'aws.states',
      detail: {
        status: 'FAILED',
        error: 'store-unavailable',
        input: '{"scheduledAt":"2026-02-01T02:30:00Z"}',
      },
    });

    expect(runOf(ended.detail.input, amsterdam).asOf).toBe('2026-01-31');
  });

  it.each([[null], [undefined]])(
    'is understood without an error, which is %s where it was stopped',
    (error) => {
      const input = '{"asOf":"2026-01-15"}';

      expect(Ended.parse({ detail: { status: 'ABORTED', error, input } }).detail).toEqual({
        status: 'ABORTED',
        error: '',
        input: { asOf: '2026-01-15' },
      });
    },
  );

  it.each([['{'], ['{}'], ['"x"']])('is refused when its input is %s', (input) => {
    expect(Ended.safeParse({ detail: { status: 'FAILED', input } }).success).toBe(false);
  });
});
