import { describe, expect, it } from 'vitest';
import { promises } from './promises/all.ts';
import { synthesise } from './synthesised.ts';

/** One synthesis for all promises: it also proves that cdk-nag and CloudFormation have nothing to complain of. */
describe.each(synthesise().map((stage) => [stage.name, stage] as const))('%s', (_name, stage) => {
  describe.each(Object.entries(promises))('%s', (_family, ofFamily) => {
    it.each(ofFamily.map((promise) => [promise.name, promise] as const))('%s', (_promise, { complaints }) => {
      expect(complaints(stage)).toEqual([]);
    });
  });
});
