import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { night } from '../../../shared/contracts/night.ts';
import { type RouteName, routes } from '../../../shared/contracts/routes.ts';
import type { Synthesised } from '../synthesised.ts';
import type { InProcess } from './in-process.ts';
import { yesterday } from './shop.ts';

export const TILL_KEY = 'till-key';

interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Nobody at all: no key and no token. */
  readonly stranger?: true;
}

interface Answer {
  readonly status: number | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of answers, read by path
  readonly body: any;
}

/** A stage in this process, as till, staff and scheduler use it. */
export interface Driver {
  readonly stage: Synthesised;
  readonly aws: InProcess;
  call(name: RouteName, call?: Call): Promise<Answer>;
  send(events: unknown): Promise<Answer>;
  /** Does the steps of a night as the state machine does. */
  passNight(): Promise<void>;
}

export function driver(stage: Synthesised, aws: InProcess): Driver {
  /** As the HTTP API does it: people's tokens are checked before the function sees them. */
  const call: Driver['call'] = async (name, { params, body, key, headers, stranger } = {}) => {
    const { method, path, function: fn } = routes[name];
    const roles = '[marketer ops clerk]';
    const claims = { sub: 'ada', 'cognito:groups': roles, roles };
    const answer = await aws.invoke<APIGatewayProxyStructuredResultV2>(fn, {
      routeKey: `${method} ${path}`,
      headers: { ...headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      pathParameters: params,
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: key === undefined && stranger === undefined ? { authorizer: { jwt: { claims } } } : {},
    });
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? 'null') };
  };

  return {
    stage,
    aws,
    call,
    send: (body) => call('acceptEvents', { body, key: TILL_KEY }),
    async passNight() {
      let run: unknown = { asOf: yesterday };
      for (const { step, kind } of night) {
        if (kind === 'map') {
          const { shards } = run as { shards: number };
          for (let shard = 0; shard < shards; shard += 1) await aws.invoke(`night/${step}`, { run, shard });
        } else {
          const answer = await aws.invoke(`night/${step}`, run);
          if (step === 'open') run = answer;
        }
      }
    },
  };
}
