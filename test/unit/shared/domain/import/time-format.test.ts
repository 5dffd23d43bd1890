import { describe, expect, it } from 'vitest';
import { readTime, type TimeFormat } from '../../../../../shared/domain/import/time-format.ts';

const wall = Date.parse('2011-03-09T08:05:07Z');

describe('a written time', () => {
  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2011-03-09 08:05:07'],
    ['YYYY-MM-DD HH:mm:ss', '2011-03-09T08:05:07.123'],
    ['YYYYMMDDHHmmss', '20110309080507'],
    ['DD/MM/YYYY HH:mm:ss', '9/3/2011 8:05:07'],
    ['MM/DD/YYYY HH:mm:ss', '03/09/2011 08:05:07'],
    ['DD.MM.YYYY HH:mm:ss', '09.03.2011 08:05:07'],
  ] as const)('as %s is read from %s', (format, text) => {
    expect(readTime(text, format)).toEqual({ wall });
  });

  it('may leave its seconds out', () => {
    expect(readTime('2011-03-09 08:05', 'YYYY-MM-DD HH:mm:ss')).toEqual({ wall: wall - 7_000 });
    expect(readTime('201103090805', 'YYYYMMDDHHmmss')).toEqual({ wall: wall - 7_000 });
  });

  it.each([
    ['2011-03-09T08:05:07Z', 0],
    ['2011-03-09 08:05:07+05:45', 345 * 60_000],
    ['2011-03-09T08:05:07-0330', -210 * 60_000],
  ])('%s brings its own offset', (text, offset) => {
    expect(readTime(text, 'YYYY-MM-DDTHH:mm:ssZ')).toEqual({ wall, offset });
  });

  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2011-02-29 08:00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-04-31 08:00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-04-30 24:00:01'],
    ['YYYY-MM-DD HH:mm:ss', '2011-13-01 08:00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-04-30 08:60:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-04-30'],
    ['YYYY-MM-DD HH:mm:ss', '2011-04-30 08:00:00Z'],
    ['YYYY-MM-DD HH:mm:ss', ''],
    ['MM/DD/YYYY HH:mm:ss', '13/12/2011 08:00'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2011-03-09T08:05:07'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2011-03-09T08:05:07+15:00'],
  ] as const satisfies readonly (readonly [TimeFormat, string])[])('as %s is not %j', (format, text) => {
    expect(readTime(text, format)).toBeUndefined();
  });
});
