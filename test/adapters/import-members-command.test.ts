import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataDirectory } from '../../local/data-directory.ts';
import { openMachine } from '../../local/machine.ts';
import type { Status } from '../../shared/application/customers/status.ts';
import type { Finding, MembersReport } from '../../shared/application/import/members/members-report.ts';
import { clientele, clienteleJson } from '../support/command-line.ts';
import { temporaryDirectory } from '../support/local-host.ts';

const HEADER = 'Kundennummer;Vorname;Nachname;Telefon;E-Mail;Geburtstag;Mitglied seit;Newsletter;Bonus';
const LINES = [
  '1001;Jürgen;Müller;030 1234567;juergen@example.de;17.05.1988;01.03.2020;ja;12',
  '1002;MÜLLER;Jurgen;+49 30 1234567;;;02.03.2021;nein;0',
  '1001;Jürgen;Müller;030 1234567;juergen@example.de;17.05.1988;01.03.2020;ja;12',
  ';;;;;;;;',
  '1003;Eva',
  '1004;"Eva ""E.""";"Braun\nSchmidt";12;nope;31.02.1990;;vielleicht;',
];

/** A German shop's directory and its file, as Windows writes it. */
function aShop(lines: readonly string[] = LINES) {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  const data = join(path, 'data');
  openDataDirectory(data, { zone: 'Europe/Berlin', country: 'DE' });
  const file = join(path, 'kunden.csv');
  writeFileSync(file, Buffer.from([HEADER, ...lines, ''].join('\r\n'), 'latin1'));
  return { data, file, mapping: join(path, 'mapping.json'), report: join(path, 'report.json') };
}

describe('clientele import members', () => {
  it('suggests a mapping by a dry run, takes the file by it, and nothing the second time', async () => {
    const { data, file, mapping, report } = aShop();
    const members = (...more: string[]) =>
      clienteleJson<MembersReport>(data, 'import', 'members', file, ...more);

    const dry = await members('--dry-run', '--suggest', mapping);
    expect((await clienteleJson<Status>(data, 'status')).facts).toEqual({});
    const real = await members('--mapping', mapping, '--report', report);
    const again = await members('--mapping', mapping);

    expect(dry).toMatchObject({
      lines: 6,
      taken: 3,
      repeated: 1,
      refusedByCode: { nobody: 1, 'wrong-columns': 1 },
      leftOutByCode: { 'invalid-phone': 1, 'invalid-email': 1, 'not-a-date': 1, 'unknown-consent': 1 },
      consents: { email: { granted: 1, withdrawn: 1 } },
      possibleDuplicates: { 'name-and-phone': 1 },
      proposed: 0,
      file: { encoding: 'windows-1252', delimiter: ';' },
      columnsLeftOut: ['Bonus'],
    });
    for (const count of ['lines', 'taken', 'refusedByCode', 'events', 'known'] as const)
      expect(real[count]).toEqual(dry[count]);
    expect(real.proposed).toBe(1);
    expect(again).toMatchObject({ proposed: 0, taken: 0, unchanged: 3, known: 4, events: {} });
    expect((await clienteleJson<Status>(data, 'status')).facts).toEqual({
      'member.enrolled': 2,
      'member.updated': 3,
      'consent.changed': 2,
    });
    const findings = JSON.parse(readFileSync(report, 'utf8')) as Finding[];
    expect(findings.map(({ line, code }) => [line, code])).toContainEqual([2, 'name-and-phone']);
    expect(JSON.stringify(findings)).not.toMatch(/Müller|030 1234567|juergen/);
  });

  it('that recognises no column says which the file has, and where mappings are told', async () => {
    const { data, file } = aShop();
    writeFileSync(file, 'Colour;Size\nred;7\n');

    const { code, stderr } = await clientele(data, 'import', 'members', file, '--dry-run');

    expect(code).toBe(1);
    expect(stderr).toMatch(/^mapping-missing: .*docs\/import\.md.*'Colour', 'Size'/s);
  });

  it('takes a file that only got another date for the same', async () => {
    const { data, file, mapping } = aShop();
    const members = (...more: string[]) =>
      clienteleJson<MembersReport>(data, 'import', 'members', file, ...more);
    await members('--dry-run', '--suggest', mapping);
    await members('--mapping', mapping);
    utimesSync(file, new Date(), new Date());

    expect(await members('--mapping', mapping)).toMatchObject({ taken: 0, unchanged: 3 });
  });

  it('tells people what came of it, line by line, as CSV where they want', async () => {
    const { data, file, report } = aShop();
    const csv = report.replace('.json', '.csv');
    const { code, stdout } = await clientele(data, 'import', 'members', file, '--dry-run', '--report', csv);

    expect(code).toBe(0);
    expect(stdout).toContain('6 lines: 3 would be taken, 0 said nothing new, 1 repeated a line before');
    expect(stdout).toContain('may not be written to unless they said so elsewhere');
    expect(stdout).toContain('The mapping was guessed');
    expect(readFileSync(csv, 'utf8').split('\n')).toContain(
      '"5","refused","nobody","","the line has neither member number, phone nor another identifier; fill one of them in",""',
    );
  });

  it('brings history in, which nothing follows from', async () => {
    const { data, file, mapping } = aShop();
    await clientele(data, 'import', 'members', file, '--dry-run', '--suggest', mapping);
    await clientele(
      data,
      'import',
      'members',
      file,
      '--mapping',
      mapping,
      '--as-of',
      new Date().toISOString(),
    );
    const machine = openMachine(openDataDirectory(data), { durable: false });
    const { items } = await machine.table.scan({ table: 'facts', segment: 0, of: 1, limit: 100 });
    machine.close();
    const facts = items.filter(({ sk }) => sk.startsWith('fact#'));

    expect(facts).toHaveLength(7);
    expect(facts.map(({ value }) => value['quiet'])).toEqual(facts.map(() => 'backfill'));
  });

  it.each([
    ['no mapping', [], 'mapping-missing'],
    ['two mappings', ['--mapping', 'a.json', '--preset', 'shopify-customers'], 'two-mappings'],
    ['a preset that there is none of', ['--preset', 'nonsense'], 'not-found'],
    ['a preset of another file', ['--preset', 'shopify-customers'], 'missing-column'],
    ['a mapping that is not there', ['--mapping', '/nowhere.json'], 'not-found'],
    ['a time that is none', ['--dry-run', '--as-of', 'soon'], 'invalid-time'],
    ['a time that a machine would read as another', ['--dry-run', '--as-of', '03.04.2026'], 'invalid-time'],
    ['a report of another kind', ['--dry-run', '--report', 'report.pdf'], 'report-name'],
  ])('ends with 1 and says what to do with %s', async (_, args, code) => {
    const { data, file } = aShop();
    const outcome = await clientele(data, 'import', 'members', file, ...args);

    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(`${code}: `);
  });
});

describe('clientele import pinpoint', () => {
  const anEndpoint = (parts: object) =>
    JSON.stringify({
      ChannelType: 'EMAIL',
      OptOut: 'NONE',
      EffectiveDate: '2024-05-01T10:00:00.000Z',
      ...parts,
    });

  it('takes addresses and opt-outs, and no silence for a yes', async () => {
    const { data, file } = aShop();
    writeFileSync(
      file,
      [
        anEndpoint({ Id: '1', Address: 'ann@example.com', User: { UserId: 'u1' } }),
        anEndpoint({
          Id: '2',
          Address: '+4930123456',
          ChannelType: 'SMS',
          OptOut: 'ALL',
          User: { UserId: 'u1' },
        }),
        anEndpoint({ Id: '3', Address: 'token', ChannelType: 'APNS' }),
        'damaged',
      ].join('\n'),
    );
    const pinpoint = (...more: string[]) =>
      clienteleJson<MembersReport>(data, 'import', 'pinpoint', file, ...more);

    const dry = await pinpoint('--dry-run');
    const real = await pinpoint();

    expect(real).toMatchObject({
      taken: 2,
      passedOverByCode: { 'channel-not-spoken': 1 },
      refusedByCode: { 'no-endpoint': 1 },
      leftOutByCode: { 'not-opted-out': 1 },
      consents: { email: { granted: 0, withdrawn: 0 }, sms: { granted: 0, withdrawn: 1 } },
    });
    expect({ ...real, dryRun: true }).toEqual(dry);
    expect(await pinpoint()).toMatchObject({ taken: 0, unchanged: 2 });
    // One user's endpoints are one customer.
    expect(await clienteleJson<Status>(data, 'status')).toMatchObject({ customers: 1 });
    expect(await pinpoint('--opt-in-means', 'consent')).toMatchObject({
      taken: 1,
      consents: { email: { granted: 1 } },
    });
  });
});
