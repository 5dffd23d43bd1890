import { describe, expect, it } from 'vitest';
import {
  MissingSettings,
  readSettings,
  settings,
  tableSetting,
} from '../../../../shared/contracts/settings.ts';

describe('the settings of a function', () => {
  it('are read by their names', () => {
    expect(
      readSettings(['bus', 'bucket'], { CLIENTELE_BUS: 'a', CLIENTELE_BUCKET: 'b', OTHER: 'c' }),
    ).toEqual({
      bus: 'a',
      bucket: 'b',
    });
  });

  it('name a table each', () => {
    expect(settings[tableSetting('vault')]).toBe('CLIENTELE_VAULT_TABLE');
  });
});

describe('settings that were not deployed', () => {
  it('are all named at once, an empty one with them', () => {
    const read = () => readSettings(['bus', 'bucket', 'stage'], { CLIENTELE_BUS: 'a', CLIENTELE_STAGE: '' });

    expect(read).toThrow(MissingSettings);
    expect(read).toThrow(/^Missing: CLIENTELE_BUCKET, CLIENTELE_STAGE\. /);
  });
});
