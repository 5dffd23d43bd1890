/** What a job found, and what its process needed for it, all threads together. */
export interface Finished<T> {
  readonly result: T;
  /** The most memory it had at any time. Linux counts that of the parent at the start in, so the parent stays small. */
  readonly peakBytes: number;
  readonly cpuSeconds: number;
}

export interface Answered {
  readonly number: number;
  readonly answer: unknown;
}

type Questions = Readonly<Record<string, () => unknown>>;

interface Opened {
  /** What the parent is told once it can begin to ask. */
  readonly ready: unknown;
  readonly questions: Questions;
  stop(): Promise<void>;
}

/** The body of a file in bench/jobs that does one thing: its input comes as an argument, its result goes back. */
export async function job<Input, Result>(work: (input: Input) => Result | Promise<Result>): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  ignoreInterrupts();
  const result = await work(readInput<Input>());
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const finished: Finished<Result> = {
    result,
    peakBytes: maxRSS * 1_024,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  };
  process.send?.(finished, () => process.exit(0));
}

/** The body of a file in bench/jobs that stays: it answers questions until nobody is left to ask. */
export async function server<Input>(open: (input: Input) => Promise<Opened>): Promise<void> {
  ignoreInterrupts();
  const { ready, questions, stop } = await open(readInput<Input>());
  process.on('message', async ({ number, question }: { number: number; question: string }) => {
    process.send?.({ number, answer: await questions[question]?.() } satisfies Answered);
  });
  process.once('disconnect', () => void stop().then(() => process.exit(0)));
  process.send?.(ready);
}

const readInput = <Input>(): Input => JSON.parse(process.argv[2] ?? '{}') as Input;

/** Ctrl-C reaches the whole group; the parent decides when a child ends. */
const ignoreInterrupts = (): void => {
  process.on('SIGINT', () => undefined);
};
