/** One call of an SDK client, as late as it has its final shape; a retry is a call of its own. */
interface Call {
  /** Such as PutItem. */
  readonly operation: string;
  readonly input: unknown;
  /** Sends it and answers its output. */
  send(): Promise<unknown>;
}

/** Answers the output of the call, by sending it or without. */
export type Watcher = (call: Call) => Promise<unknown>;

interface Step {
  readonly input: unknown;
}
type Handler = (step: Step) => Promise<{ readonly response: unknown; readonly output: unknown }>;

/** What all clients of the SDK have in common, and what their own types are too exact to say. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { readonly commandName?: string }) => Handler,
      options: { readonly step: 'finalizeRequest'; readonly priority: 'low'; readonly name: string },
    ): void;
  };
}

/** Lets `watcher` see every call that leaves this client, and stand in for the service. */
export function watch<C extends object>(client: C, watcher: Watcher): C {
  (client as C & Client).middlewareStack.add(
    (next, { commandName = '' }) =>
      async (step) => {
        let response: unknown = {};
        const send = async () => {
          const answer = await next(step);
          response = answer.response;
          return answer.output;
        };
        const operation = commandName.replace(/Command$/, '');
        const output = await watcher({ operation, input: step.input, send });
        return { response, output };
      },
    { step: 'finalizeRequest', priority: 'low', name: 'watch' },
  );
  return client;
}
