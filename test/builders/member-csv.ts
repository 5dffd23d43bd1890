import {
  type MemberMapping,
  type MemberMappingInput,
  readMemberMapping,
} from '../../shared/domain/import/members/member-mapping.ts';
import { memberReader } from '../../shared/domain/import/members/member-reader.ts';
import type { Reading } from '../../shared/domain/import/members/said.ts';
import type { Row } from './receipt-csv.ts';

export const aMemberMappingFile: MemberMappingInput = {
  columns: {
    member: 'Number',
    firstName: 'First',
    lastName: 'Last',
    phone: 'Phone',
    email: 'Mail',
    birthday: 'Born',
    postcode: 'Zip',
    enrolledAt: 'Joined',
  },
  formats: { birthday: 'DD.MM.YYYY', enrolledAt: 'DD.MM.YYYY', consents: 'DD.MM.YYYY' },
  consents: [
    { channel: 'email', column: 'News', yes: ['yes'], no: ['no'], at: 'News since', evidence: 'form 7' },
  ],
};

export const aMemberMapping = (parts: Partial<MemberMappingInput> = {}): MemberMapping =>
  readMemberMapping({ ...aMemberMappingFile, ...parts });

/** A valid line of that file; pass the cells that the test is about. */
export const aMemberRow = (cells: Row = {}): Row => ({
  Number: 'M1',
  First: 'Ada',
  Last: 'Vermeer',
  Phone: '06 12345678',
  Mail: 'ada@example.com',
  Born: '17.05.1988',
  Zip: '1012AB',
  Joined: '01.03.2020',
  News: 'yes',
  'News since': '02.03.2020',
  ...cells,
});

/** What the rows say; the header is line 1. */
export function readingsOf(rows: readonly Row[], mapping = aMemberMapping()): readonly Reading[] {
  const header = Object.keys(rows[0] ?? aMemberRow());
  const { read } = memberReader(header, mapping, 'Europe/Amsterdam');
  return rows.map((row, index) => read({ number: index + 2, fields: header.map((name) => row[name] ?? '') }));
}
