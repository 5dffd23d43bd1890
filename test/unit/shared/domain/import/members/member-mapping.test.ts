import { describe, expect, it } from 'vitest';
import { readMemberMapping } from '../../../../../../shared/domain/import/members/member-mapping.ts';
import { memberPresets } from '../../../../../../shared/domain/import/members/member-presets.ts';
import { suggestMapping } from '../../../../../../shared/domain/import/members/suggest-mapping.ts';
import { aMemberMappingFile } from '../../../../../builders/member-csv.ts';

describe('a mapping of members', () => {
  it.each([
    ['nobody to be known', { columns: { name: 'Name' } }, 'columns: name at least one column'],
    ['two ways to a name', { columns: { member: 'M', name: 'N', lastName: 'L' } }, 'give one of them'],
    [
      'a birthday of unknown format',
      { columns: { member: 'M', birthday: 'B' } },
      'formats.birthday: is missing',
    ],
    [
      'a consent without evidence',
      { columns: { member: 'M' }, consents: [{ channel: 'sms', column: 'C', yes: ['y'] }] },
      'consents.0.evidence: is missing',
    ],
    ['a column that does not exist here', { columns: { member: 'M', shoeSize: 'S' } }, 'shoeSize'],
    [
      'dates of a year in two digits',
      { columns: { member: 'M', birthday: 'B' }, formats: { birthday: 'DD.MM.YY' } },
      /formats\.birthday: takes one of YYYY-MM-DD, DD\.MM\.YYYY/,
    ],
    ['nothing but a word', 'members.csv', 'the mapping: '],
    ['a zone of nowhere', { columns: { member: 'M' }, zone: 'Mars/Base' }, 'zone: is no IANA'],
  ])('is refused with %s', (_, mapping, advice) => {
    expect(() => readMemberMapping(mapping)).toThrow(advice);
  });

  it('names everything that is wrong at once', () => {
    expect(() => readMemberMapping({ ...aMemberMappingFile, formats: {} })).toThrow(
      /formats\.birthday.*formats\.enrolledAt.*formats\.consents/,
    );
  });

  it.each(Object.entries(memberPresets))('comes along as %s', (_, preset) => {
    expect(() => readMemberMapping(preset)).not.toThrow();
  });
});

describe('a suggested mapping', () => {
  it.each([
    [
      'German',
      ['Kundennummer', 'Vorname', 'Nachname', 'E-Mail', 'Straße', 'PLZ', 'Mitglied seit'],
      ['01.02.2020'],
      'DD.MM.YYYY',
    ],
    [
      'English',
      ['Member No', 'First Name', 'Last name', 'e-mail', 'Street', 'Zip Code', 'Member since'],
      ['2020-02-01'],
      'YYYY-MM-DD',
    ],
    [
      'French',
      ['Numéro client', 'Prénom', 'Nom', 'Courriel', 'Rue', 'Code postal', "Date d'inscription"],
      ['13/02/2020'],
      'DD/MM/YYYY',
    ],
    [
      'Spanish',
      [
        'Número de cliente',
        'Nombre',
        'Apellidos',
        'Correo electrónico',
        'Calle',
        'Código postal',
        'Fecha de alta',
      ],
      ['13/02/2020'],
      'DD/MM/YYYY',
    ],
    [
      'Dutch',
      ['Klantnummer', 'Voornaam', 'Achternaam', 'E-mailadres', 'Straat', 'Postcode', 'Lid sinds'],
      ['13-02-2020'],
      'DD-MM-YYYY',
    ],
    [
      'Chinese',
      ['会员号', '名', '姓', '邮箱', '地址', '邮编', '注册时间'],
      ['2020年2月13日'],
      'YYYY年MM月DD日',
    ],
  ])('is found for headers in %s', (_, header, [joined = ''], format) => {
    const line = header.map((name, index) => (index === header.length - 1 ? joined : name));
    const { mapping, doubts } = suggestMapping(header, [line]);
    const [member, firstName, lastName, email, street, postcode, enrolledAt] = header;

    expect(mapping.columns).toEqual({ member, firstName, lastName, email, street, postcode, enrolledAt });
    expect(mapping.formats).toEqual({ enrolledAt: format });
    expect(doubts).toEqual([]);
    expect(() => readMemberMapping(mapping)).not.toThrow();
  });

  it('knows a card from a member number', () => {
    const { mapping } = suggestMapping(['Kartennummer', 'Mitgliedsnummer', '微信'], []);
    expect(mapping.columns).toEqual({ card: 'Kartennummer', member: 'Mitgliedsnummer', wechat: '微信' });
  });

  it('asks to look at consent, and at dates that can be read in two ways', () => {
    const { mapping, doubts } = suggestMapping(
      ['Tel.', 'Newsletter', 'Birthday'],
      [['1', 'x', '01/02/1990']],
    );

    expect(mapping.consents).toMatchObject([{ channel: 'email', column: 'Newsletter' }]);
    expect(doubts).toEqual([
      'Birthday: may be written as DD/MM/YYYY or as MM/DD/YYYY; choose',
      expect.stringContaining('Newsletter: may be consent for email'),
    ]);
  });

  it.each([
    [['Kundennummer', 'Vorname', 'Name'], 'Name'],
    [['Kundennummer', 'Vorname', 'Nachname', 'Name'], 'Nachname'],
  ])('takes a name beside a first name for the last one: %j', (header, lastName) => {
    const { mapping } = suggestMapping(header, []);

    expect(mapping.columns).toEqual({ member: 'Kundennummer', firstName: 'Vorname', lastName });
    expect(() => readMemberMapping(mapping)).not.toThrow();
  });

  it('asks for a format where none reads the dates, and short lines say nothing of it', () => {
    const { mapping, doubts } = suggestMapping(['Kundennummer', 'Geburtstag'], [['1', 'im Mai'], ['2']]);

    expect(doubts).toEqual([expect.stringContaining('Geburtstag: no format reads its dates; choose one of')]);
    expect(mapping.formats).toEqual({ birthday: 'YYYY-MM-DD' });
  });

  it('passes over a name that two columns have, and says what to do', () => {
    const { mapping, doubts } = suggestMapping(['Tel', 'Kundennummer', 'Tel', 'Newsletter', ''], [['1']]);

    expect(mapping.columns).toEqual({ member: 'Kundennummer' });
    expect(doubts[0]).toMatch(/^Tel: more than one column .* give all but one another/);
  });

  it('knows a column whose accents are signs of their own, as files of a Mac have them', () => {
    const header = ['Kundennummer', 'Geändert am'].map((name) => name.normalize('NFD'));
    expect(suggestMapping(header, [['1', '2024-05-06']]).mapping.columns).toMatchObject({
      updatedAt: header[1],
    });
  });

  it('is none where no column says who it is', () => {
    expect(() => readMemberMapping(suggestMapping(['Colour'], []).mapping)).toThrow('who it is');
  });
});
