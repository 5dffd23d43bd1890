import { type Resource, type Synthesised, titleOf } from '../synthesised.ts';

/** Something that every stage keeps, said so that it can be seen to be broken. */
export interface TemplatePromise {
  readonly name: string;
  /** A line for each thing that breaks it; none where it is kept. */
  readonly complaints: (stage: Synthesised) => readonly string[];
  /** Ways to break it: each changes a copy of the stage, and answers what the complaint must speak of. */
  readonly breaches: Readonly<Record<string, (stage: Synthesised) => string>>;
}

/** A complaint about each resource that fails. */
export const unless = (
  resources: readonly Resource[],
  isKept: (resource: Resource) => boolean,
  complaint: string,
): readonly string[] =>
  resources.filter((resource) => !isKept(resource)).map((resource) => `${titleOf(resource)} ${complaint}`);

/** For breaches: the first resource of a type, or the first that fits. */
export function firstOf(
  stage: Synthesised,
  type: string,
  fits: (resource: Resource) => boolean = () => true,
): Resource {
  const found = stage.of(type).find(fits);
  if (found === undefined) throw new Error(`${stage.name} has no such ${type} to break`);
  return found;
}

/** For breaches: changes the first resource of a type and answers its id. */
export const changed =
  (type: string, change: (resource: Resource) => void, fits?: (resource: Resource) => boolean) =>
  (stage: Synthesised): string => {
    const resource = firstOf(stage, type, fits);
    change(resource);
    return resource.id;
  };

/** For breaches: a resource that nobody asked for. */
export function plant(stage: Synthesised, type: string, properties: object): Resource {
  const resource: Resource = {
    stack: stage.stacks[0]?.name ?? '',
    id: 'Planted',
    type,
    properties,
    deletionPolicy: undefined,
    replacePolicy: undefined,
    dependsOn: [],
    tagProperty: undefined,
  };
  stage.resources.push(resource);
  return resource;
}

/** For breaches: takes the first resource of a type away and answers what it was. */
export function takeAway(stage: Synthesised, type: string, fits?: (resource: Resource) => boolean): Resource {
  const resource = firstOf(stage, type, fits);
  stage.resources.splice(stage.resources.indexOf(resource), 1);
  return resource;
}
