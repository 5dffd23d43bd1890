import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { printChanges, type StackChange, stackChange } from '../../../../ops/deploy/stack-change.ts';

const rule = (Description: string) => ({
  Resources: { Rule: { Type: 'AWS::Events::Rule', Properties: { Description } } },
});

const printed = (...changes: readonly StackChange[]): string => {
  const to = new PassThrough();
  printChanges(changes, to);
  return String(to.read());
};

describe('the change of a stack', () => {
  it('is none where the templates are the same', () => {
    for (const description of ['nightly', 'event → fold'])
      expect(printed(stackChange('night', rule(description), rule(description)))).toBe('night: no changes\n');
  });

  it('is none where CloudFormation gives letters back as question marks', () => {
    expect(printed(stackChange('night', rule('event ? fold ?'), rule('event → fold 🛒')))).toBe(
      'night: no changes\n',
    );
  });

  it('is one where more differs than such letters', () => {
    const { diff } = stackChange('night', rule('events ? fold'), rule('event → fold'));

    expect(diff.differenceCount).toBe(1);
  });

  it('names resource, property and both values', () => {
    const text = printed(stackChange('night', rule('weekly'), rule('nightly')));

    expect(text).toContain('night:');
    expect(text).toContain('AWS::Events::Rule Rule');
    expect(text).toMatch(/Description[\s\S]*weekly[\s\S]*nightly/);
  });

  it('is a line for a stack that is new', () => {
    expect(printed(stackChange('night', undefined, rule('nightly')))).toBe('night: new, 1 resources\n');
  });
});
