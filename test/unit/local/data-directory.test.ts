import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataDirectory } from '../../../local/data-directory.ts';
import { InvalidInput } from '../../../shared/domain/kernel/errors.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'clientele-directory-'));
});
afterEach(() => rmSync(path, { recursive: true }));

const refusal = (open: () => unknown): InvalidInput => {
  try {
    open();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('It was taken');
};

describe('a data directory', () => {
  it('keeps the settings it was made with', () => {
    const made = openDataDirectory(path, { zone: 'Asia/Tokyo', currency: 'JPY', country: 'JP' });

    expect(openDataDirectory(path, { currency: 'EUR' })).toEqual(made);
    expect(made.stage).toMatchObject({ zone: 'Asia/Tokyo', currency: 'JPY', country: 'JP' });
  });

  it('is not set up in a currency without minor units', () => {
    const { code, message } = refusal(() => openDataDirectory(path, { currency: 'XAU' }));

    expect(code).toBe('invalid-settings');
    expect(message).toContain("'XAU' has no minor units");
    expect(readdirSync(path)).not.toContain('stage.json');
  });

  it('is not opened when its settings were edited into nonsense, and the file is named', () => {
    const file = join(path, 'stage.json');
    writeFileSync(file, JSON.stringify({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'UK' }));

    const { message, path: named } = refusal(() => openDataDirectory(path));

    expect(named).toBe(file);
    expect(message).toContain("'UK' is no ISO 3166 code");
  });

  it('says everything that is wrong with its settings, in words', () => {
    const identity = { limits: { phone: { members: 0, others: 21 } }, linking: ['fax'], shared: true };
    writeFileSync(
      join(path, 'stage.json'),
      JSON.stringify({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL', identity }),
    );

    expect(
      refusal(() => openDataDirectory(path))
        .message.split('\n  ')
        .slice(1)
        .sort(),
    ).toEqual([
      'identity.limits.phone.members: takes at least 1',
      'identity.limits.phone.others: takes at most 20',
      'identity.linking.0: takes one of member, card, phone, email, wechat, device',
      expect.stringMatching(/^identity: does not know 'shared'/),
    ]);
  });

  it('is told by name when one of its files is no JSON, without a word of what stands in it', () => {
    const file = join(path, 'secrets.json');
    writeFileSync(file, '{ "master": "hush');

    const { code, message } = refusal(() => openDataDirectory(path));

    expect(code).toBe('invalid-settings');
    expect(message).toContain(`${file} cannot be used:\n  is no JSON`);
    expect(message).not.toContain('hush');
  });

  it('is opened by settings before which an editor put a mark', () => {
    writeFileSync(
      join(path, 'stage.json'),
      `\ufeff${JSON.stringify({ zone: 'Europe/Berlin', currency: 'EUR', country: 'DE' })}`,
    );

    expect(openDataDirectory(path).stage.country).toBe('DE');
  });

  it.each(['secrets.json', 'stage.json'])(
    'gets no new %s beside data that was written with another',
    (name) => {
      const made = openDataDirectory(path);
      writeFileSync(made.database, '');
      rmSync(join(path, name));

      expect(refusal(() => openDataDirectory(path))).toMatchObject({
        code: 'incomplete-data',
        path: join(path, name),
        message: expect.stringContaining('put it back from a backup'),
      });
      expect(readdirSync(path)).not.toContain(name);
    },
  );

  it('is no file', () => {
    const file = join(path, 'stage.json');
    writeFileSync(file, '');

    expect(refusal(() => openDataDirectory(file))).toMatchObject({
      code: 'no-data-directory',
      message: expect.stringMatching(/stage\.json cannot be a data directory: EEXIST/),
    });
  });
});
