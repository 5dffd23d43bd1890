import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { FunctionName } from '../../../lib/function-needs.ts';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.ts';
import type { DrillStage } from './stage.ts';

const client = new LambdaClient();

/** The function's name on AWS. */
export const deployedName = ({ name }: DrillStage, part: FunctionName): string =>
  `clientele-${name}-${part.replace('/', '-')}`;

type Environment = Readonly<Record<string, string>>;

/** Changes a function's environment as an operator does; answers how to set it back. */
export async function changeEnvironment(
  stage: DrillStage,
  part: FunctionName,
  change: (environment: Environment) => Environment,
): Promise<() => Promise<void>> {
  const FunctionName = deployedName(stage, part);
  const set = async (Variables: Environment) => {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await waitUntilFunctionUpdatedV2(
      { client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 },
      { FunctionName },
    );
  };
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = Environment?.Variables ?? {};
  await set(change(before));
  return () => set(before);
}

/** Where the SDK looks for the address of one service. */
const addresses = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  eventbridge: 'AWS_ENDPOINT_URL_EVENTBRIDGE',
  s3: 'AWS_ENDPOINT_URL_S3',
} as const;

interface Between extends FaultProxy {
  /** Takes the proxy away from the functions, and ends it. */
  readonly leave: () => Promise<void>;
}

/** Puts a proxy between some functions and some services. */
export async function between(
  stage: DrillStage,
  parts: readonly FunctionName[],
  services: readonly (keyof typeof addresses)[],
): Promise<Between> {
  const proxy = await startFaultProxy(stage.endpoint);
  const detour = Object.fromEntries(services.map((service) => [addresses[service], proxy.url]));
  const restores = await Promise.all(
    parts.map((part) => changeEnvironment(stage, part, (environment) => ({ ...environment, ...detour }))),
  );
  return {
    ...proxy,
    async leave() {
      proxy.clear();
      for (const restore of restores) await restore();
      await proxy.close();
    },
  };
}

/** Invokes a function and answers what it returned; undefined where it failed or died. */
export async function invoke<T>(
  stage: DrillStage,
  part: FunctionName,
  event: unknown,
): Promise<T | undefined> {
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: deployedName(stage, part), Payload: JSON.stringify(event) }),
  );
  return FunctionError === undefined ? (JSON.parse(Buffer.from(Payload ?? []).toString()) as T) : undefined;
}
