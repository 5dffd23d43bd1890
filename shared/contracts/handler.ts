import type * as z from 'zod';
import type { Delivery } from '../domain/dialects/webhook.ts';
import type { Role, Route } from './route.ts';
import type { RouteName, routes } from './routes.ts';

/** What a key or token lets do: send events as a source, or act as a person with roles. */
export type Grant =
  | {
      readonly kind: 'source';
      readonly name: string;
      /** Its events may name these stores alone; left out, any. */
      readonly stores?: readonly string[] | undefined;
    }
  | { readonly kind: 'person'; readonly name: string; readonly roles: readonly Role[] };

/** Who calls, and by which key; tokens have none. */
export type Caller =
  | (Grant & { readonly key?: string })
  /** `refusal` says what was wrong with the credentials, where something can be said. */
  | { readonly kind: 'nobody'; readonly refusal?: Refusal };

/** As whom a caller is noted. */
export const nameOf = (caller: Caller): string => (caller.kind === 'nobody' ? 'nobody' : caller.name);

/** Why somebody stayed nobody, in words that help its programmer and not an attacker. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

type Output<R, Part extends string> = R extends { readonly [P in Part]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

export interface RequestOf<R extends Route> {
  readonly params: Output<R, 'params'>;
  readonly query: Output<R, 'query'>;
  /** Of `acceptEvents` the text as it came, since every item is judged on its own. */
  readonly body: R extends { readonly access: 'source' }
    ? string
    : R extends { readonly asItCame: true }
      ? Delivery
      : Output<R, 'body'>;
  readonly caller: Caller;
}

export interface AnswerOf<R extends Route> {
  readonly body: z.input<R['answer']>;
}

/** Answers one route; the same function serves Lambda and the local host. */
export type Handler<N extends RouteName> = (
  request: RequestOf<(typeof routes)[N]>,
) => Promise<AnswerOf<(typeof routes)[N]>>;

/** A handler for each of these routes; a forgotten one does not compile. */
export type Handlers<N extends RouteName = RouteName> = { readonly [K in N]: Handler<K> };
