import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, CfnResource, Stack, TagManager } from 'aws-cdk-lib';
import { clienteleApp } from '../../lib/app.ts';
import type { Stage } from '../../lib/stage-schema.ts';
import { stages } from '../../lib/stages.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  // Templates are foreign JSON; the promises look into them by path.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly properties: any;
  readonly deletionPolicy: string | undefined;
  readonly replacePolicy: string | undefined;
  readonly dependsOn: readonly string[];
  /** The property that takes its tags; undefined where CloudFormation knows none. */
  readonly tagProperty: string | undefined;
}

export interface SynthesisedStack {
  readonly name: string;
  readonly terminationProtection: boolean;
  /** What it exports to other stacks, by the name of the export. */
  readonly exports: Json;
}

interface Parts {
  /** As lib/stages.ts has it, with what it left out. */
  readonly written: Stage;
  readonly stacks: SynthesisedStack[];
  readonly resources: Resource[];
}

/** Everything that one stage deploys. */
export interface Synthesised extends Parts {
  readonly name: string;
  /** All of it as text, for what may stand nowhere in it. */
  text(): string;
  of(type: string): readonly Resource[];
  /** What a Ref, Fn::GetAtt or Fn::ImportValue points at. */
  at(from: Pick<Resource, 'stack'>, reference: unknown): Resource | undefined;
}

/** Synthesises stages with cdk-nag and CloudFormation's rules as in a deployment, but without bundles. */
export function synthesise(chosen: readonly Stage[] = stages): readonly Synthesised[] {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Json };
  const outdir = mkdtempSync(join(tmpdir(), 'clientele-synth-'));
  const app = clienteleApp(chosen, {
    outdir,
    context: { ...context, 'aws:cdk:bundling-stacks': [] },
  });
  const assembly = app.synth();
  const tagProperties = tagPropertiesIn(app);
  const synthesised = chosen.map((written): Synthesised => {
    const { stacks } = assembly.getNestedAssembly(`assembly-${written.name}`);
    return withLookUps({
      written,
      stacks: stacks.map(({ stackName, terminationProtection = false, template }) => ({
        name: stackName,
        terminationProtection,
        exports: exportsOf(template),
      })),
      resources: stacks.flatMap(({ stackName, template }) => resourcesOf(stackName, template, tagProperties)),
    });
  });
  rmSync(outdir, { recursive: true });
  return synthesised;
}

/** A copy that may be changed, to see who notices. */
export const copyOf = ({ written, stacks, resources }: Parts): Synthesised =>
  withLookUps(structuredClone({ written, stacks, resources }));

const withLookUps = (parts: Parts): Synthesised => {
  const at: Synthesised['at'] = ({ stack }, reference) => {
    const pointer = pointerOf(reference);
    if (pointer === undefined) return undefined;
    if ('id' in pointer) return parts.resources.find((one) => one.stack === stack && one.id === pointer.id);
    const exporter = parts.stacks.find(({ exports }) => pointer.imported in exports);
    return exporter && at({ stack: exporter.name }, exporter.exports[pointer.imported]);
  };
  return {
    ...parts,
    name: parts.written.name,
    text: () => JSON.stringify([parts.resources, parts.stacks]),
    of: (type) => parts.resources.filter((resource) => resource.type === type),
    at,
  };
};

interface RawResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}

const resourcesOf = (
  stack: string,
  template: { readonly Resources?: Readonly<Record<string, RawResource>> },
  tagProperties: ReadonlyMap<string, string>,
): Resource[] =>
  Object.entries(template.Resources ?? {}).map(([id, raw]) => ({
    stack,
    id,
    type: raw.Type,
    properties: raw.Properties ?? {},
    deletionPolicy: raw.DeletionPolicy,
    replacePolicy: raw.UpdateReplacePolicy,
    dependsOn: raw.DependsOn ?? [],
    tagProperty: tagProperties.get(`${stack} ${id}`),
  }));

const exportsOf = (template: {
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { Name: string } }>
  >;
}): Json =>
  Object.fromEntries(
    Object.values(template.Outputs ?? {}).flatMap(({ Value, Export }) =>
      Export === undefined ? [] : [[Export.Name, Value]],
    ),
  );

/** By stack and logical id. CloudFormation's own description of each type knows whether it takes tags. */
const tagPropertiesIn = (app: App): ReadonlyMap<string, string> =>
  new Map(
    app.node
      .findAll()
      .filter((construct) => CfnResource.isCfnResource(construct))
      .flatMap((resource): [string, string][] => {
        const stack = Stack.of(resource);
        const tags = TagManager.of(resource);
        return tags === undefined
          ? []
          : [[`${stack.stackName} ${stack.resolve(resource.logicalId)}`, capitalised(tags.tagPropertyName)]];
      }),
  );

/** The CDK writes properties small, templates write them large. */
const capitalised = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

function pointerOf(reference: unknown): { readonly id: string } | { readonly imported: string } | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::ImportValue': imported,
  } = reference as { Ref?: string; 'Fn::GetAtt'?: readonly [string, string]; 'Fn::ImportValue'?: string };
  if (imported !== undefined) return { imported };
  const id = ref ?? attribute?.[0];
  return id === undefined ? undefined : { id };
}

/** What a test or a complaint calls a resource. */
export const titleOf = ({ stack, id }: Resource): string => `${stack} ${id}`;

export const listed = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
