import type * as z from 'zod';
import type { Role, Route } from './route.ts';
import type { RouteName, routes } from './routes.ts';

/** Who calls: the name of a key or the subject of a token, and what it may do. */
export type Caller =
  | { readonly kind: 'source'; readonly name: string }
  | { readonly kind: 'person'; readonly name: string; readonly roles: readonly Role[] }
  | { readonly kind: 'nobody' };

type Output<R, Part extends string> = R extends { readonly [P in Part]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

export interface RequestOf<R extends Route> {
  readonly params: Output<R, 'params'>;
  readonly query: Output<R, 'query'>;
  /** Of `acceptEvents` the text as it came, since every item is judged on its own. */
  readonly body: R extends { readonly access: 'source' } ? string : Output<R, 'body'>;
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
