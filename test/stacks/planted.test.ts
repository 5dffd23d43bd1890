import { describe, expect, it } from 'vitest';
import { stages } from '../../lib/stages.ts';
import { promises } from './promises/all.ts';
import { copyOf, synthesise } from './synthesised.ts';

const [europe] = synthesise(stages.filter(({ name }) => name === 'europe'));
const all = Object.values(promises).flat();

/** A promise that nothing breaks promises nothing. */
describe.each(all.map((promise) => [promise.name, promise] as const))(
  '%s',
  (_name, { complaints, breaches }) => {
    it.each(Object.entries(breaches))('is broken by %s', (_breach, breach) => {
      if (europe === undefined) throw new Error('There is no stage');
      const stage = copyOf(europe);

      const broken = breach(stage);

      expect(broken).not.toBe('');
      expect(complaints(stage).join('\n')).toContain(broken);
    });
  },
);

describe('every promise', () => {
  it('has a name of its own and can be broken', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ breaches }) => Object.keys(breaches).length === 0)).toEqual([]);
  });
});
