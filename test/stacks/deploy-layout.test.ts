import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clienteleApp } from '../../lib/app.ts';
import { guardLayout } from '../../lib/constructs/layout-guard.ts';
import { stages } from '../../lib/stages.ts';
import { brokenImports } from '../../ops/deploy/exports.ts';
import { stackChange } from '../../ops/deploy/stack-change.ts';
import { stackParts } from '../../shared/contracts/deployed.ts';
import { LAYOUT } from '../../shared/contracts/keys.ts';

/** The templates of a version that writes this layout. */
function written(layout: number) {
  const app = new App();
  const [data, api] = ['Data', 'Api'].map((name) => new Stack(app, name));
  if (data === undefined || api === undefined) throw new Error('There are no stacks');
  for (const stack of [data, api]) new Topic(stack, 'Something');
  guardLayout(data, [api], layout);
  return { data: Template.fromStack(data).toJSON(), api: Template.fromStack(api).toJSON() };
}
const versions = [1, 2, 3, 4].map((layout) => ({ layout, ...written(layout) }));
const aVersion = fc.constantFrom(...versions);

/** What CloudFormation would refuse of a deployment of the data stack. */
const refused = (standing: (typeof versions)[number], planned: (typeof versions)[number]) =>
  brokenImports(
    [stackChange('data', standing.data, planned.data)],
    [{ name: 'api', template: standing.api }],
  );

describe('a version over the tables of another, deployed by whatever command', () => {
  it('is refused by CloudFormation exactly where its layout is older', () => {
    fc.assert(
      fc.property(aVersion, aVersion, (standing, planned) => {
        expect(refused(standing, planned).length > 0).toBe(planned.layout < standing.layout);
      }),
    );
  });
});

describe('a stage', () => {
  it('exports its layout from the data stack, and every other stack imports it', () => {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
    const outdir = mkdtempSync(join(tmpdir(), 'clientele-layout-'));
    const app = clienteleApp(stages.slice(0, 1), {
      outdir,
      context: { ...context, 'aws:cdk:bundling-stacks': [] },
    });
    const templates = app
      .synth()
      .getNestedAssembly(`assembly-${stages[0]?.name}`)
      .stacks.map(({ template }) => JSON.stringify(template));
    rmSync(outdir, { recursive: true });

    const name = `clientele-${stages[0]?.name}-data:layout-${LAYOUT}`;
    const counts = ['"Export":{"Name":', '"WrittenForLayout":{"Value":{"Fn::ImportValue":'].map(
      (before) => templates.filter((template) => template.includes(`${before}"${name}"`)).length,
    );
    expect(counts).toEqual([1, stackParts.length - 1]);
  });
});
