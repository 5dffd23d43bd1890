import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
}

/** Everything that one stage deploys. */
export interface Synthesised {
  readonly name: string;
  readonly partition: string;
  readonly resources: readonly Resource[];
  /** The templates as text, for what may stand nowhere in them. */
  readonly text: string;
  of(type: string): readonly Resource[];
  /** What a Ref or Fn::GetAtt of the same stack points at. */
  at(from: Resource, reference: unknown): Resource | undefined;
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
  const synthesised = chosen.map(({ name, partition }): Synthesised => {
    const templates = assembly
      .getNestedAssembly(`assembly-${name}`)
      .stacks.map(({ displayName, template }) => [displayName, template] as const);
    const resources = templates.flatMap(([stack, template]) => resourcesOf(stack, template));
    return {
      name,
      partition,
      resources,
      text: JSON.stringify(templates),
      of: (type) => resources.filter((resource) => resource.type === type),
      at: ({ stack }, reference) => {
        const id = targetOf(reference);
        return resources.find((resource) => resource.stack === stack && resource.id === id);
      },
    };
  });
  rmSync(outdir, { recursive: true });
  return synthesised;
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

const resourcesOf = (stack: string, template: { Resources?: Record<string, RawResource> }): Resource[] =>
  Object.entries(template.Resources ?? {}).map(([id, raw]) => ({
    stack,
    id,
    type: raw.Type,
    properties: raw.Properties ?? {},
    deletionPolicy: raw.DeletionPolicy,
    replacePolicy: raw.UpdateReplacePolicy,
  }));

function targetOf(reference: unknown): string | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  const { Ref: ref, 'Fn::GetAtt': attribute } = reference as {
    Ref?: string;
    'Fn::GetAtt'?: [string, string];
  };
  return ref ?? attribute?.[0];
}

/** A name for a test's title. */
export const titled = (resources: readonly Resource[]): [string, Resource][] =>
  resources.map((resource) => [`${resource.stack} ${resource.id}`, resource]);

/** The policies' statements of a role, in one list. */
export const statementsOf = ({
  properties,
}: Resource): { Action: unknown; Resource: unknown; Effect: string }[] =>
  properties.PolicyDocument?.Statement ?? [];

export const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
