import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What costs money while nobody uses it, and what functions are given, as CloudFormation is told. */
export interface Deployed {
  readonly functions: ReadonlyMap<string, DeployedFunction>;
  /** Metrics that alarms watch. */
  readonly alarms: number;
  readonly dashboards: number;
  readonly secrets: number;
  readonly keys: number;
  /** Custom metrics that metric filters write. */
  readonly metrics: number;
  /** Queues that Lambda polls. */
  readonly polledQueues: number;
  /** Schedules that start something every day. */
  readonly schedules: number;
}

export interface DeployedFunction {
  readonly memoryMb: number;
  readonly traced: boolean;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const root = new URL('../../', import.meta.url);

/** Synthesises the stage without its bundles and reads its templates. */
export async function readTemplates(stage: string): Promise<Deployed> {
  const outdir = mkdtempSync(join(tmpdir(), 'clientele-cost-'));
  try {
    const { context } = JSON.parse(readFileSync(new URL('cdk.json', root), 'utf8')) as { context: object };
    await promisify(execFile)(process.execPath, ['bin/app.ts'], {
      cwd: root,
      env: {
        ...process.env,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] }),
      },
    });
    const folder = join(outdir, `assembly-${stage}`);
    if (!existsSync(folder)) throw new Error(`lib/stages.ts has no stage '${stage}'`);
    const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
    return deployedIn(
      templates.flatMap((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        return Object.values((JSON.parse(text) as { Resources: Record<string, Resource> }).Resources);
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export function deployedIn(resources: readonly Resource[]): Deployed {
  const of = (type: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties = {} }) => Properties);
  return {
    functions: new Map(
      of('AWS::Lambda::Function').map((fn) => [
        String(fn['Description']),
        {
          memoryMb: Number(fn['MemorySize'] ?? 128),
          traced: (fn['TracingConfig'] as { Mode?: string } | undefined)?.Mode === 'Active',
        },
      ]),
    ),
    alarms: of('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    secrets: of('AWS::SecretsManager::Secret').length,
    keys: of('AWS::KMS::Key').length,
    metrics: of('AWS::Logs::MetricFilter').length,
    // Streams are told where to begin.
    polledQueues: of('AWS::Lambda::EventSourceMapping').filter((one) => one['StartingPosition'] === undefined)
      .length,
    schedules: of('AWS::Scheduler::Schedule').length,
  };
}

/** An alarm on an expression pays for each metric in it. */
function metricsOf({ Metrics: metrics }: Readonly<Record<string, unknown>>): number {
  return Array.isArray(metrics) ? metrics.filter((one) => 'MetricStat' in one).length : 1;
}
