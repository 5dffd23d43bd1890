import { describe, expect, it } from 'vitest';
import { foldName, likenessesOf } from '../../../../../shared/domain/identity/likeness.ts';

describe('a folded name', () => {
  it.each([
    ['Jürgen Müller', 'MÜLLER,  jurgen'],
    ['Øystein Ågård', 'agard oystein'],
    ["Siobhán O'Neil", 'O’Neil Siobhan'],
    ['Anna-Lena Groß', 'Gross Anna Lena'],
    ['ＡＤＡ Vermeer', 'Ada Vermeer'],
    ['王 小明', '王小明'],
    ['やまだ はなこ', 'やまだはなこ'],
  ])('of %s is that of %s', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
    expect(foldName(one)).not.toBe('');
  });

  it.each([
    ['Ann Lee', 'Anne Lee'],
    ['小明 王', '王小明'],
    ['かき', 'がき'],
    ['Müller', 'Mueller'],
  ])('of %s is not that of %s', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  it('is empty where no letter is in it', () => {
    expect(foldName(' -- ')).toBe('');
  });
});

describe('what may be alike', () => {
  it('is what is there: a name alone says nothing', () => {
    expect(likenessesOf({ name: 'Ada Lee' })).toEqual([]);
    expect(likenessesOf({ name: '--', phone: 'p', birthday: 'b', postcode: '1' })).toEqual([]);
    expect(likenessesOf({ email: 'e' })).toEqual([['email', 'e']]);
  });

  it('is name and phone, e-mail, and name with birthday and postcode', () => {
    const looks = { name: 'Ada Lee', phone: 'p', email: 'e', birthday: '1988-05-17' };
    const kinds = likenessesOf({ ...looks, postcode: '1012 ab' });

    expect(kinds.map(([kind]) => kind)).toEqual(['name-and-phone', 'email', 'name-birthday-postcode']);
    expect(kinds).toEqual(likenessesOf({ ...looks, name: 'LEE Ada', postcode: '1012AB' }));
  });
});
