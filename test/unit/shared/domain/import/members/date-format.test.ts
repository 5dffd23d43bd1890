import { describe, expect, it } from 'vitest';
import { formatsOf, readDate } from '../../../../../../shared/domain/import/members/date-format.ts';

const wall = Date.parse('2011-03-09T00:00:00Z');

describe('a written date', () => {
  it.each([
    ['YYYY-MM-DD', '2011-03-09'],
    ['DD.MM.YYYY', '9.3.2011'],
    ['DD/MM/YYYY', '09/03/2011'],
    ['MM/DD/YYYY', '3/9/2011'],
    ['DD-MM-YYYY', '09-03-2011'],
    ['YYYY/MM/DD', '2011/3/9'],
    ['YYYYMMDD', '20110309'],
    ['YYYY年MM月DD日', '2011年3月9日'],
  ] as const)('as %s is read from %s', (format, text) => {
    expect(readDate(text, format)).toEqual({ wall });
  });

  it('may bring a clock and an offset', () => {
    expect(readDate('09.03.2011 08:05', 'DD.MM.YYYY')).toEqual({ wall: wall + 29_100_000 });
    expect(readDate('2011-03-09T08:05:00.000Z', 'YYYY-MM-DD')).toEqual({
      wall: wall + 29_100_000,
      offset: 0,
    });
  });

  it.each(['30.02.2011', '00.00.0000', '9.3.11', '2011-03-09', ''])('is none in %s', (text) => {
    expect(readDate(text, 'DD.MM.YYYY')).toBeUndefined();
  });
});

describe('how a column is written', () => {
  it('is what reads most of it, though one cell is wrong', () => {
    expect(formatsOf(['17.05.1988', '31.02.1990', '1.1.2001'])).toEqual(['DD.MM.YYYY']);
  });

  it('is in doubt where days and months could change places', () => {
    expect(formatsOf(['01/02/2001', '03/04/2002'])).toEqual(['DD/MM/YYYY', 'MM/DD/YYYY']);
    expect(formatsOf(['01/02/2001', '13/04/2002'])).toEqual(['DD/MM/YYYY']);
  });

  it('is unknown where most cells are no dates, or there are none', () => {
    expect(formatsOf(['soon', 'never', '2001-01-01'])).toEqual([]);
    expect(formatsOf([])).toEqual([]);
  });
});
