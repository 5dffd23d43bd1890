import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Synthesised, titled } from '../synthesised.ts';

/** Headings of the runbook as links name them. */
const pages = readFileSync('docs/runbook.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('#'))
  .map((line) =>
    line
      .replace(/^#+\s*/, '')
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );

export const describeWatch = (stage: Synthesised): void => {
  describe(`alarms of ${stage.name}`, () => {
    const alarms = stage.of('AWS::CloudWatch::Alarm');

    it.each(titled(alarms))(
      '%s rings somewhere, and says which page of the runbook to read',
      (_name, { properties }) => {
        const page = /docs\/runbook\.md#([a-z-]+)$/.exec(properties.AlarmDescription)?.[1];

        expect(pages).toContain(page);
        expect(properties.AlarmActions).toHaveLength(1);
        expect(properties.AlarmName).toMatch(new RegExp(`^clientele/${stage.name}/`));
      },
    );

    it('cover the API, the night that fails and the night that does not come', () => {
      const names = alarms.map(({ properties }) => properties.AlarmName.split('/').slice(2).join('/'));

      expect(names).toEqual(expect.arrayContaining(['api/errors', 'night/failed', 'night/missing']));
    });

    it('ring when no night was heard of', () => {
      const missing = alarms.find(({ properties }) => properties.AlarmName.endsWith('night/missing'));

      expect(missing?.properties.TreatMissingData).toBe('breaching');
    });
  });
};
