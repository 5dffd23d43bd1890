import { type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { unreachable } from '../../shared/domain/kernel/unreachable.ts';
import type { StackChange } from './stack-change.ts';
import { lossOf, lostByChanging } from './stateful.ts';

type Fate = 'deleted' | 'left behind' | 'replaced' | 'perhaps replaced' | 'rewritten';

/** A resource that holds something, and would lose it by a deployment. */
export interface Loss {
  /** stack/logical id */
  readonly id: string;
  readonly type: string;
  readonly fate: Fate;
  readonly loses: string;
  /** The properties at fault, with the values that would keep the resource. */
  readonly properties: readonly { readonly name: string; readonly was: unknown }[];
  /** The new resource of the same type whose id is most like it: as this the construct may go on. */
  readonly successor: string | undefined;
}

/** Everything that the changes of a stage would lose. */
export const lossesIn = (changes: readonly StackChange[]): readonly Loss[] =>
  changes.flatMap(({ stack, diff }) =>
    Object.entries(diff.resources.changes).flatMap(([logicalId, change]): Loss[] => {
      const type = change.oldResourceType;
      const found = type === undefined ? undefined : lossBy(type, change);
      if (type === undefined || found === undefined) return [];
      return [
        { id: `${stack}/${logicalId}`, type, ...found, successor: successorOf(logicalId, type, changes) },
      ];
    }),
  );

function lossBy(
  type: string,
  change: ResourceDifference,
): Pick<Loss, 'fate' | 'loses' | 'properties'> | undefined {
  const loses = lossOf(type);
  if (loses === undefined) return undefined;
  switch (change.changeImpact) {
    case ResourceImpact.WILL_DESTROY:
      return { fate: 'deleted', loses, properties: [] };
    case ResourceImpact.WILL_ORPHAN:
      return { fate: 'left behind', loses, properties: [] };
    case ResourceImpact.WILL_REPLACE:
      return { fate: 'replaced', loses, properties: replacing(change) };
    case ResourceImpact.MAY_REPLACE:
      return { fate: 'perhaps replaced', loses, properties: replacing(change) };
    case ResourceImpact.WILL_UPDATE:
      return rewritten(lostByChanging[type] ?? {}, change);
    case ResourceImpact.WILL_CREATE:
    case ResourceImpact.WILL_IMPORT:
    case ResourceImpact.NO_CHANGE:
      return undefined;
    default:
      return unreachable(change.changeImpact);
  }
}

const replacing = ({ propertyUpdates }: ResourceDifference): Loss['properties'] =>
  Object.entries(propertyUpdates)
    .filter(
      ([, { changeImpact }]) =>
        changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE,
    )
    .map(([name, { oldValue }]) => ({ name, was: oldValue }));

function rewritten(losing: Readonly<Record<string, string>>, { propertyUpdates }: ResourceDifference) {
  const found = Object.entries(losing).filter(([name]) => propertyUpdates[name]?.oldValue !== undefined);
  if (found.length === 0) return undefined;
  return {
    fate: 'rewritten' as const,
    loses: found.map(([, loses]) => loses).join(', '),
    properties: found.map(([name]) => ({ name, was: propertyUpdates[name]?.oldValue })),
  };
}

function successorOf(lost: string, type: string, changes: readonly StackChange[]): string | undefined {
  const additions = changes.flatMap(({ stack, diff }) =>
    Object.entries(diff.resources.changes)
      .filter(([, { isAddition, newResourceType }]) => isAddition && newResourceType === type)
      .map(([logicalId]) => ({ id: `${stack}/${logicalId}`, alike: sharedBeginning(lost, logicalId) })),
  );
  return additions.toSorted((a, b) => b.alike - a.alike)[0]?.id;
}

const sharedBeginning = (a: string, b: string): number => {
  const end = [...a].findIndex((letter, index) => letter !== b[index]);
  return end === -1 ? a.length : end;
};
