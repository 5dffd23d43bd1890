import { describe, expect, it } from 'vitest';
import { brokenImports } from '../../../../ops/deploy/exports.ts';
import { stackChange, type Template } from '../../../../ops/deploy/stack-change.ts';

const exporting = (Value: string, name: string | undefined): Template => ({
  Outputs: { Table: { Value, ...(name === undefined ? {} : { Export: { Name: name } }) } },
});
const importing = (name: string): Template => ({
  Resources: {
    Function: { Properties: { Names: [{ 'Fn::Join': ['/', ['x', { 'Fn::ImportValue': name }]] }] } },
  },
});

const api = { name: 'api', template: importing('table') };
const broken = (before: Template, after: Template, standing = [api]) =>
  brokenImports([stackChange('data', before, after)], standing);

describe('an export that another stack imports', () => {
  it.each([
    ['is not taken away', { Resources: {} }],
    ['is not renamed', exporting('one', 'other')],
  ])('%s', (_what, after) => {
    expect(broken(exporting('one', 'table'), after)).toEqual([
      expect.stringContaining('data would no longer export table, which api imports'),
    ]);
  });

  it('may stay, beside new ones', () => {
    const after = {
      Outputs: {
        Table: { Value: 'one', Export: { Name: 'table' } },
        Other: { Value: 'two', Export: { Name: 'other' } },
      },
    };

    expect(broken(exporting('one', 'table'), after)).toEqual([]);
    expect(broken(exporting('said otherwise', 'table'), after)).toEqual([]);
    expect(broken({ Resources: {} }, after)).toEqual([]);
  });
});

describe('an export that nobody imports', () => {
  it('may go', () => {
    expect(broken(exporting('one', 'other'), { Resources: {} })).toEqual([]);
    expect(broken(exporting('one', 'table'), { Resources: {} }, [])).toEqual([]);
    expect(broken(exporting('one', undefined), { Resources: {} })).toEqual([]);
  });
});
