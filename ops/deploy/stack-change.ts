import {
  formatDifferences,
  fullDiff,
  mangleLikeCloudFormation,
  type TemplateDiff,
} from '@aws-cdk/cloudformation-diff';

export type Template = Readonly<Record<string, unknown>>;

/** What a deployment would do to one stack. */
export interface StackChange {
  readonly stack: string;
  /** It does not stand yet. */
  readonly isNew: boolean;
  readonly diff: TemplateDiff;
}

/** `deployed` is undefined where the stack does not stand yet. */
export const stackChange = (
  stack: string,
  deployed: Template | undefined,
  planned: Template,
): StackChange => ({
  stack,
  isNew: deployed === undefined,
  diff: difference(deployed ?? {}, planned),
});

/** CloudFormation gives templates back with a question mark for every letter beyond ASCII, which is no change. */
function difference(deployed: Template, planned: Template): TemplateDiff {
  const told: Template = JSON.parse(mangleLikeCloudFormation(JSON.stringify(planned)));
  const [plain, mangled] = [fullDiff(deployed, planned), fullDiff(deployed, told)];
  return mangled.differenceCount < plain.differenceCount ? mangled : plain;
}

/** The differences of every stack, readable; a new stack in one line, since all of it is new. */
export function printChanges(changes: readonly StackChange[], to: NodeJS.WritableStream): void {
  for (const { stack, isNew, diff } of changes) {
    if (isNew) to.write(`${stack}: new, ${diff.resources.differenceCount} resources\n`);
    else if (diff.isEmpty) to.write(`${stack}: no changes\n`);
    else {
      to.write(`${stack}:\n`);
      formatDifferences(to, diff);
    }
  }
}
