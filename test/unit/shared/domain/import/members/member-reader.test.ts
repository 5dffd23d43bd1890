import { describe, expect, it } from 'vitest';
import { readMemberMapping } from '../../../../../../shared/domain/import/members/member-mapping.ts';
import { memberReader } from '../../../../../../shared/domain/import/members/member-reader.ts';
import { aMemberMapping, aMemberRow, readingsOf } from '../../../../../builders/member-csv.ts';

const read = (cells: Record<string, string>, mapping = aMemberMapping()) => {
  const [reading] = readingsOf([aMemberRow(cells)], mapping);
  if (reading?.kind !== 'said') throw new Error(`read as ${reading?.kind}`);
  return reading;
};

const codes = (cells: Record<string, string>, mapping = aMemberMapping()) =>
  read(cells, mapping).leftOut.map(({ code, column }) => [code, column]);

describe('a line of a file of members', () => {
  it('says who somebody is, what is known, since when, and what was allowed', () => {
    expect(read({})).toEqual({
      kind: 'said',
      line: 2,
      ids: { member: 'M1', phone: '06 12345678', email: 'ada@example.com' },
      details: { name: 'Ada Vermeer', birthday: '1988-05-17', address: { postcode: '1012AB' } },
      enrolledAt: '2020-02-29T23:00:00.000Z',
      consents: [{ channel: 'email', status: 'granted', at: '2020-03-01T23:00:00.000Z', evidence: 'form 7' }],
      leftOut: [],
    });
  });

  it('says nothing with an empty cell', () => {
    const empty = { First: '', Last: '', Phone: ' ', Mail: '', Born: '', Zip: '', Joined: '', News: '' };
    expect(read(empty)).toMatchObject({ ids: { member: 'M1' }, details: {}, consents: [], leftOut: [] });
  });

  it('may have a number that a spreadsheet keeps as text', () => {
    expect(read({ Number: "'00123", Phone: "'+31612345678" }).ids).toMatchObject({
      member: '00123',
      phone: '+31612345678',
    });
  });

  it.each([
    ['a birthday that is no date', { Born: '31.02.1988' }, ['not-a-date', 'Born']],
    ['a birthday that stands for unknown', { Born: '01.01.1900' }, ['unlikely-birthday', 'Born']],
    ['a day of joining that is none', { Joined: 'long ago' }, ['not-a-date', 'Joined']],
    ['a first name that is a novel', { First: 'A'.repeat(300) }, ['invalid-cell', 'First']],
    ['a last name that is a novel', { Last: 'A'.repeat(300) }, ['invalid-cell', 'Last']],
    ['a postcode that is a novel', { Zip: 'A'.repeat(301) }, ['invalid-cell', 'Zip']],
    ['a word that is neither yes nor no', { News: 'maybe' }, ['unknown-consent', 'News']],
    ['a time of consent that is none', { News: 'no', 'News since': '?' }, ['not-a-date', 'News since']],
  ])('is taken without %s, which is named', (_, cells, fault) => {
    expect(codes(cells)).toEqual([fault]);
  });

  it('keeps the rest of an address of which one cell cannot be taken', () => {
    const mapping = aMemberMapping({
      columns: { member: 'Number', street: 'First', city: 'Last', postcode: 'Zip' },
      formats: { consents: 'DD.MM.YYYY' },
    });
    const { details, leftOut } = read({ First: 'A'.repeat(301), Last: 'Delft', Zip: '2611' }, mapping);

    expect(details).toEqual({ address: { city: 'Delft', postcode: '2611' } });
    expect(leftOut).toMatchObject([{ column: 'First', message: expect.stringContaining('300') }]);
  });

  it('joined at the instant that its cell names by an offset, whatever the zone', () => {
    const mapping = aMemberMapping({
      formats: { birthday: 'DD.MM.YYYY', enrolledAt: 'YYYY-MM-DD', consents: 'DD.MM.YYYY' },
    });
    expect(read({ Joined: '2020-03-01T10:00:00+01:00' }, mapping).enrolledAt).toBe(
      '2020-03-01T09:00:00.000Z',
    );
  });

  it('never shows what stands in a cell', () => {
    const said = read({ Born: 'secret-1', Joined: 'secret-2', News: 'secret-3', 'News since': 'secret-4' });
    expect(said.leftOut.length).toBeGreaterThan(2);
    expect(JSON.stringify(said.leftOut)).not.toContain('secret');
  });

  it('is not read where it has more cells than the header', () => {
    const { read: readLine } = memberReader(
      ['Number'],
      aMemberMapping({ columns: { member: 'Number' }, consents: [] }),
      'UTC',
    );
    expect(readLine({ number: 7, fields: ['M1', 'x'] })).toMatchObject({
      kind: 'unread',
      line: 7,
      code: 'wrong-columns',
    });
  });

  it('has columns that nobody asked for, unless they are known', () => {
    const header = [...Object.keys(aMemberRow()), 'Points', 'Note'];
    expect(memberReader(header, aMemberMapping({ leaveOut: ['Note'] }), 'UTC').strange).toEqual(['Points']);
  });

  it('needs every column that the mapping names, once', () => {
    const header = Object.keys(aMemberRow());
    expect(() =>
      memberReader(
        header.filter((name) => name !== 'News since'),
        aMemberMapping(),
        'UTC',
      ),
    ).toThrow("consents.0.at: the file has no column 'News since'");
    expect(() => memberReader([...header, 'Mail'], aMemberMapping(), 'UTC')).toThrow(
      /more than one .* give all but one another name/,
    );
  });

  it('is read by columns and words whose accents are written the other way', () => {
    const consents = [
      { channel: 'email', column: 'Prénom', yes: ['sí'], evidence: 'x', since: '2020-01-01' },
    ];
    const mapping = readMemberMapping({ columns: { member: 'Número' }, consents, leaveOut: ['Âge'] });
    const [number = '', age = '', first = '', yes = ''] = ['Número', 'Âge', 'Prénom', 'sí'].map((text) =>
      text.normalize('NFD'),
    );

    const reader = memberReader([number, age, first], mapping, 'UTC');

    expect(reader.strange).toEqual([]);
    expect(reader.read({ number: 2, fields: ['M1', '7', yes] })).toMatchObject({
      ids: { member: 'M1' },
      consents: [{ status: 'granted' }],
    });
  });
});

describe('a consent in a file', () => {
  const without = (parts: object) =>
    aMemberMapping({
      consents: [
        { channel: 'sms', column: 'News', yes: ['Ja'], no: ['NEIN'], evidence: { column: 'Zip' }, ...parts },
      ],
    });

  it('is withdrawn without a time: then it counts from when the file was written', () => {
    expect(read({ News: 'nein' }, without({})).consents).toEqual([
      { channel: 'sms', status: 'withdrawn', evidence: '1012AB' },
    ]);
  });

  it('is granted at joining, or on the day that the mapping names', () => {
    expect(read({ News: 'JA' }, without({})).consents).toMatchObject([{ at: '2020-02-29T23:00:00.000Z' }]);
    expect(read({ News: 'JA' }, without({ since: '2019-01-01' })).consents).toMatchObject([
      { at: '2019-01-01T00:00:00.000Z' },
    ]);
  });

  it('is not granted without any time: it could pass over a later no', () => {
    expect(read({ News: 'ja', Joined: '' }, without({})).consents).toEqual([]);
    expect(codes({ News: 'ja', Joined: '' }, without({}))).toEqual([['consent-undated', 'News']]);
  });

  it('says which column it comes from where its evidence is empty', () => {
    expect(read({ News: 'nein', Zip: '' }, without({})).consents).toMatchObject([
      { evidence: 'column News of an imported file' },
    ]);
  });
});
