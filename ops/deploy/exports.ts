import type { StackChange, Template } from './stack-change.ts';

/**
 * What CloudFormation would refuse after it has begun: to take away an export that another stack imports.
 * Stacks are deployed one after the other, so the importing one still stands as it was.
 */
export function brokenImports(
  changes: readonly StackChange[],
  standing: readonly { readonly name: string; readonly template: Template }[],
): readonly string[] {
  const imports = standing.map(({ name, template }) => ({ name, exports: importsOf(template) }));
  return changes.flatMap(({ stack, diff }) =>
    Object.values(diff.outputs.changes).flatMap(({ oldValue, newValue }) => {
      const name: unknown = oldValue?.Export?.Name;
      if (typeof name !== 'string' || newValue?.Export?.Name === name) return [];
      const users = imports.filter((other) => other.exports.has(name)).map((user) => user.name);
      return users.length === 0 ? [] : [refusal(stack, name, users)];
    }),
  );
}

const refusal = (stack: string, name: string, users: readonly string[]): string =>
  [
    `${stack} would no longer export ${name}, which ${users.join(', ')} imports; CloudFormation refuses that.`,
    '  Keep it for one more deployment, by exportValue() in the stack, and take it away with the next.',
  ].join('\n');

/** Names in Fn::ImportValue, wherever they stand. */
function importsOf(template: Template): ReadonlySet<string> {
  const found = new Set<string>();
  JSON.stringify(template, (key, value: unknown) => {
    if (key === 'Fn::ImportValue' && typeof value === 'string') found.add(value);
    return value;
  });
  return found;
}
