import { describe } from 'vitest';
import { committingLaws } from './table-committing.ts';
import { countingLaws } from './table-counting.ts';
import { queryingLaws } from './table-querying.ts';
import { readingLaws } from './table-reading.ts';
import { type TableUnderTest, tableSuite } from './table-suite.ts';
import { writingEachLaws } from './table-writing-each.ts';

/** Law 10 needs a store that is full or away, so each adapter's own tests check it. */
export function tableContract(adapter: string, underTest: TableUnderTest): void {
  describe(`${adapter} obeys the table laws`, () => {
    const suite = tableSuite(underTest);
    readingLaws(suite);
    queryingLaws(suite);
    committingLaws(suite);
    writingEachLaws(suite);
    countingLaws(suite);
  });
}
