import { describe, expect, it } from 'vitest';
import { readPersonal } from '../../../../../../shared/application/customers/contact.ts';
import { readStatus } from '../../../../../../shared/application/customers/status.ts';
import { BATCH_LINES } from '../../../../../../shared/application/import/members/import-needs.ts';
import type { Reading } from '../../../../../../shared/domain/import/members/said.ts';
import { readEndpoint } from '../../../../../../shared/domain/import/pinpoint/endpoint-reader.ts';
import { aMemberMapping, aMemberRow, readingsOf } from '../../../../../builders/member-csv.ts';
import type { Row } from '../../../../../builders/receipt-csv.ts';
import { importInto } from '../../../../../support/member-import.ts';
import { memoryMachine } from '../../../../../support/memory-machine.ts';

/** A second member, with everything of their own. */
const other = (cells: Row = {}): Row =>
  aMemberRow({
    Number: 'M2',
    First: 'Bram',
    Phone: '06 87654321',
    Mail: 'bram@example.com',
    News: 'no',
    ...cells,
  });

const undated = aMemberMapping();
const dated = aMemberMapping({
  columns: { member: 'Number', lastName: 'Last', phone: 'Phone', updatedAt: 'Joined' },
  formats: { updatedAt: 'DD.MM.YYYY' },
  consents: [],
});

describe('members from a file', () => {
  it('are enrolled, known by name, and allow what they said', async () => {
    const machine = memoryMachine();
    const { report } = await importInto(machine, readingsOf([aMemberRow(), other()]));
    const ada = machine.keyring.profileId('member', 'M1');

    expect(report).toMatchObject({
      lines: 2,
      taken: 2,
      refused: 0,
      known: 0,
      phones: 2,
      emails: 2,
      consents: { email: { granted: 1, withdrawn: 1 } },
      withoutConsent: 1,
      events: { 'member.enrolled': 2, 'member.updated': 2, 'consent.changed': 2 },
    });
    expect(await readPersonal(machine, [ada], 'name')).toBe('Ada Vermeer');
    expect(await readPersonal(machine, [ada], 'phone')).toBe('+31612345678');
    expect((await readStatus(machine)).customers).toBe(2);
  });

  it('leave nothing personal behind outside of the vault', async () => {
    const machine = memoryMachine();
    const { report, findings } = await importInto(
      machine,
      readingsOf([aMemberRow(), other({ Mail: 'nobody', Born: 'x' })]),
    );
    const rows = machine.everyRow();

    for (const personal of ['Vermeer', '612345678', 'ada@example', 'Bram', '1988-05-17', 'M1"'])
      expect(rows).not.toContain(personal);
    expect(JSON.stringify([report, findings])).not.toMatch(/nobody@|Bram|Vermeer|6123/);
  });

  it('change nothing when the same file comes again, and are known then', async () => {
    const machine = memoryMachine();
    const readings = readingsOf([aMemberRow(), other()]);
    await importInto(machine, readings);
    const before = machine.everyRow();

    const { report } = await importInto(machine, readings, { writtenAt: '2026-03-14T00:00:00.000Z' });

    expect(report).toMatchObject({ taken: 0, unchanged: 2, known: 2, events: {} });
    expect(machine.everyRow()).toBe(before);
  });

  it('change by the line that changed, and back again', async () => {
    const machine = memoryMachine();
    const ada = machine.keyring.profileId('member', 'M1');
    const names: (string | undefined)[] = [];
    for (const [day, Last] of [
      ['01', 'Vermeer'],
      ['02', 'Smit'],
      ['03', 'Vermeer'],
    ] as const) {
      const { report } = await importInto(machine, readingsOf([aMemberRow({ Last }), other()]), {
        writtenAt: `2026-03-${day}T00:00:00.000Z`,
      });
      expect(report.events).toEqual(day === '01' ? expect.anything() : { 'member.updated': 1 });
      names.push(await readPersonal(machine, [ada], 'name'));
    }

    expect(names).toEqual(['Ada Vermeer', 'Ada Smit', 'Ada Vermeer']);
  });

  it('stay as a later file said, when an older one comes after it', async () => {
    const machine = memoryMachine();
    const file = (Last: string, day: string) =>
      importInto(machine, readingsOf([aMemberRow({ Last })]), { writtenAt: `2026-03-${day}T00:00:00.000Z` });
    await file('New', '10');
    await file('Old', '01');
    const { report } = await file('New', '10');

    expect(await readPersonal(machine, [machine.keyring.profileId('member', 'M1')], 'name')).toBe('Ada New');
    expect(report.taken).toBe(0);
  });

  it('are quiet about a consent that was withdrawn after the file said yes', async () => {
    const machine = memoryMachine();
    await importInto(machine, readingsOf([aMemberRow({ News: 'no', 'News since': '05.03.2026' })]));
    await importInto(machine, readingsOf([aMemberRow({ Zip: '9999ZZ' })]));

    const { items } = await machine.table.query({
      table: 'customers',
      pk: machine.keyring.profileId('member', 'M1'),
      limit: 10,
    });
    expect(JSON.stringify(items)).toContain('"email":{"status":"withdrawn"');
  });
});

describe('a line of a member', () => {
  const eventsOf = async (cells: Row) =>
    (await importInto(memoryMachine(), readingsOf([aMemberRow({ ...onlyNumber, ...cells })]))).report.events;
  const onlyNumber = { First: '', Last: '', Phone: '', Mail: '', Born: '', Zip: '', Joined: '', News: '' };

  it('enrols by its number and its day alone, and tells no more than it knows', async () => {
    expect(await eventsOf({ Joined: '01.03.2020' })).toEqual({ 'member.enrolled': 1 });
  });

  it('is somebody by the number alone', async () => {
    expect(await eventsOf({})).toEqual({ 'member.updated': 1 });
  });

  it('ties a phone to the number, though it says nothing else', async () => {
    expect(await eventsOf({ Joined: '01.03.2020', Phone: '06 12345678' })).toEqual({
      'member.enrolled': 1,
      'member.updated': 1,
    });
  });
});

describe('endpoints of one person', () => {
  const endpoint = (Address: string, City: string) =>
    readEndpoint(
      2,
      {
        Id: Address,
        Address,
        ChannelType: 'EMAIL',
        EffectiveDate: '2024-05-01',
        Location: { City },
        User: { UserId: 'u1' },
      },
      { userIdIs: 'member', optInMeansConsent: false },
    );

  it('do not contradict each other, and only the one that changed is taken again', async () => {
    const machine = memoryMachine();
    const home = endpoint('ada@example.com', 'Delft');
    await importInto(machine, [home, { ...endpoint('ada@example.org', 'Delft'), line: 3 }]);

    const { report } = await importInto(machine, [
      home,
      { ...endpoint('ada@example.org', 'Leiden'), line: 3 },
    ]);

    expect(report).toMatchObject({ taken: 1, unchanged: 1, refused: 0 });
  });
});

describe('a dry run', () => {
  it('says what the real run then does, and writes nothing', async () => {
    const machine = memoryMachine();
    await importInto(machine, readingsOf([aMemberRow()]));
    const before = machine.everyRow();
    const rows = [
      aMemberRow(),
      other(),
      other(),
      other({ Number: '', Phone: '', Mail: 'x' }),
      other({ Number: 'M3' }),
      other({ Number: 'M3', Last: 'Bos' }),
    ];

    const dry = await importInto(machine, readingsOf(rows), { dryRun: true });
    expect(machine.everyRow()).toBe(before);
    const real = await importInto(machine, readingsOf(rows));

    expect(dry.report).toMatchObject({ lines: 6, taken: 1, unchanged: 1, repeated: 1, refused: 3, known: 1 });
    expect({ ...real.report, dryRun: true, proposed: 0 }).toEqual(dry.report);
    expect(real.findings).toEqual(dry.findings);
  });

  it('counts as unchanged what an older file had said already', async () => {
    const machine = memoryMachine();
    const file = (Last: string, day: string, dryRun: boolean) =>
      importInto(machine, readingsOf([aMemberRow({ Last })]), {
        writtenAt: `2026-03-${day}T00:00:00.000Z`,
        dryRun,
      });
    await file('Old', '01', false);
    await file('New', '10', false);

    expect((await file('Old', '01', true)).report).toMatchObject({ taken: 0, unchanged: 1 });
    expect((await file('Old', '05', true)).report).toMatchObject({ taken: 1, unchanged: 0 });
  });

  it('knows the customers of other channels', async () => {
    const machine = memoryMachine();
    await importInto(machine, readingsOf([aMemberRow()]));
    const { report } = await importInto(machine, readingsOf([other({ Phone: '+31 6 12345678' })]), {
      dryRun: true,
    });

    expect(report.known).toBe(1);
  });
});

describe('lines that cannot be taken', () => {
  it.each([
    [
      'nobody',
      other({ Number: '', Phone: '', Mail: '' }),
      'neither member number, phone nor another identifier',
    ],
    ['nobody', other({ Number: '', Phone: '12', Mail: 'x' }), 'phone is no phone number of NL'],
  ])('are refused as %s with the way out', async (code, row, advice) => {
    const { report } = await importInto(memoryMachine(), readingsOf([aMemberRow(), row]));

    expect(report).toMatchObject({ taken: 1, refused: 1, refusedByCode: { [code]: 1 } });
    expect(report.findings).toMatchObject([
      { kind: 'refused', line: 3, code, message: expect.stringContaining(advice) },
    ]);
  });

  it.each([
    ['occurred-too-early', { Joined: '01.01.1066' }, 'before the history of the stage starts'],
    ['occurred-in-future', { Joined: '01.01.2099' }, 'still to come'],
  ])('are refused as %s by the column of the date, with the way out', async (code, cells, advice) => {
    const columns = { enrolledAt: 'Joined' };
    const { report } = await importInto(memoryMachine(), readingsOf([other(cells)]), { columns });

    expect(report.findings).toMatchObject([
      {
        line: 2,
        code,
        column: 'Joined',
        message: `Joined: is ${advice}; mend the date, or its format in the mapping`,
      },
    ]);
  });

  it('are refused by the words of the door where no cell gave the time', async () => {
    const { report } = await importInto(memoryMachine(), readingsOf([other({ Joined: '01.01.2099' })]));

    expect(report.findings).toMatchObject([
      { column: '', message: expect.stringContaining('more than a day ahead') },
    ]);
  });

  it('are all that say different things of one member number', async () => {
    const machine = memoryMachine();
    const { report } = await importInto(
      machine,
      readingsOf([aMemberRow({ Last: 'A' }), other(), aMemberRow({ Last: 'B', Number: 'm 1' })]),
    );

    expect(report).toMatchObject({ taken: 1, refusedByCode: { contradicted: 2 } });
    expect(report.findings.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('say so too where a person has no member number', async () => {
    const { report } = await importInto(
      memoryMachine(),
      readingsOf([aMemberRow({ Number: '', Last: 'A' }), aMemberRow({ Number: '', Last: 'B' })]),
      { columns: { phone: 'Phone' } },
    );

    expect(report.findings).toMatchObject([
      { code: 'contradicted', column: 'Phone', message: expect.stringContaining('things of one person') },
      { code: 'contradicted', column: 'Phone' },
    ]);
  });

  it('are refused by what the door says, where it knows more than the import, and may come again', async () => {
    const machine = memoryMachine();
    const readings = readingsOf([aMemberRow({ Joined: '10.03.2026' }), other()]);
    const early = { clock: () => '2026-03-05T00:00:00.000Z' };

    const first = await importInto(machine, readings, {}, early);
    const second = await importInto(machine, readings);

    expect(first.report).toMatchObject({ taken: 1, refusedByCode: { 'occurred-in-future': 1 } });
    expect(first.findings).toMatchObject([
      { kind: 'refused', line: 2, message: expect.stringContaining('more than a day ahead') },
    ]);
    expect(second.report).toMatchObject({ taken: 1, unchanged: 1, refused: 0 });
  });

  it('are all told to the report file and counted, and the first hundred are listed', async () => {
    const torn: readonly Reading[] = Array.from({ length: BATCH_LINES }, (_, index) => ({
      kind: 'unread',
      line: index + 2,
      code: 'wrong-columns',
      column: '',
      message: 'the line is torn',
    }));
    const { report, findings } = await importInto(memoryMachine(), torn);

    expect(report).toMatchObject({ lines: BATCH_LINES, refusedByCode: { 'wrong-columns': BATCH_LINES } });
    expect(findings).toHaveLength(BATCH_LINES);
    expect(report.findings).toEqual(findings.slice(0, 100));
  });

  it('are passed over without blame where they are whole and nothing for us', async () => {
    const { report, findings } = await importInto(memoryMachine(), [
      {
        kind: 'passed-over',
        line: 2,
        code: 'channel-not-spoken',
        column: 'ChannelType',
        message: 'no address',
      },
      ...readingsOf([aMemberRow()]).map((reading) => ({ ...reading, line: 3 })),
    ]);

    expect(report).toMatchObject({
      lines: 2,
      taken: 1,
      refused: 0,
      passedOverByCode: { 'channel-not-spoken': 1 },
    });
    expect(findings).toMatchObject([{ kind: 'passed-over', line: 2, column: 'ChannelType' }]);
  });

  it('name their column where only an identifier is wrong, and come in without it', async () => {
    const { findings, report } = await importInto(
      memoryMachine(),
      readingsOf([aMemberRow({ Phone: '12' })]),
      { columns: { phone: 'Phone' } },
    );

    expect(report).toMatchObject({ taken: 1, phones: 0, leftOutByCode: { 'invalid-phone': 1 } });
    expect(findings).toMatchObject([{ kind: 'left-out', column: 'Phone', line: 2 }]);
  });
});

describe('lines of one member with times', () => {
  it('end in what was said last, in any order', async () => {
    const rows = [
      aMemberRow({ Last: 'Third', Joined: '03.03.2021' }),
      aMemberRow({ Last: 'First', Joined: '01.03.2021' }),
      aMemberRow({ Last: 'Second', Joined: '02.03.2021' }),
    ];
    for (const order of [rows, [...rows].reverse()]) {
      const machine = memoryMachine();
      const { report } = await importInto(machine, readingsOf(order, dated));
      const again = await importInto(machine, readingsOf(order, dated));

      expect(report.taken).toBe(3);
      expect(again.report).toMatchObject({ taken: 0, unchanged: 3 });
      expect(await readPersonal(machine, [machine.keyring.profileId('member', 'M1')], 'name')).toBe('Third');
    }
  });
});

describe('members that look like one person', () => {
  it('are proposed where name and phone are the same under two numbers', async () => {
    const machine = memoryMachine();
    const alike = other({ First: 'VERMEER', Last: 'Ada', Phone: '+31 612345678', Born: '' });
    const { report, proposed } = await importInto(
      machine,
      readingsOf([aMemberRow(), alike, other({ Number: 'M3', Phone: '', Mail: '' })], undated),
    );

    expect(report).toMatchObject({ possibleDuplicates: { 'name-and-phone': 1, email: 0 }, proposed: 1 });
    expect(report.findings).toMatchObject([{ kind: 'possible-duplicate', line: 2, lines: [3] }]);
    expect(proposed).toEqual([['M1', 'M2'].map((number) => machine.keyring.profileId('member', number))]);
  });

  it('are told and not proposed where the e-mail, or name, birthday and postcode are the same', async () => {
    const { report, proposed } = await importInto(
      memoryMachine(),
      readingsOf([aMemberRow(), aMemberRow({ Number: 'M2', Phone: '' }), other({ Number: 'M3' })]),
    );

    expect(report.possibleDuplicates).toEqual({ 'name-and-phone': 0, email: 1, 'name-birthday-postcode': 1 });
    expect(proposed).toEqual([]);
  });

  it('count as one proposal, however many phones they share', async () => {
    const rows = ['06 12345678', '06 87654321'].flatMap((Phone, day) =>
      ['M1', 'M2'].map((number) => aMemberRow({ Number: number, Phone, Joined: `0${day + 1}.03.2021` })),
    );
    const { report, proposed } = await importInto(memoryMachine(), readingsOf(rows, dated));

    expect(report.possibleDuplicates).toMatchObject({ 'name-and-phone': 2 });
    expect(proposed).toHaveLength(2);
    expect(report.proposed).toBe(1);
  });

  it('are nobody who has one number, or none', async () => {
    const { report } = await importInto(
      memoryMachine(),
      readingsOf([aMemberRow(), aMemberRow(), aMemberRow({ Number: '' })]),
    );

    expect(report.possibleDuplicates).toEqual({ 'name-and-phone': 0, email: 0, 'name-birthday-postcode': 0 });
  });

  it('are told alike in a dry run, which proposes nothing', async () => {
    const alike = aMemberRow({ Number: 'M2' });
    const { report, proposed } = await importInto(memoryMachine(), readingsOf([aMemberRow(), alike]), {
      dryRun: true,
    });

    expect(report.possibleDuplicates).toEqual({ 'name-and-phone': 1, email: 1, 'name-birthday-postcode': 1 });
    expect(proposed).toEqual([]);
  });
});
