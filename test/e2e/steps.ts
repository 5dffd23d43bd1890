import { styleText } from 'node:util';
import { CommandFailed } from '../support/command.ts';

export interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly ok: boolean;
  /** Such as how many tests passed. */
  readonly note: string;
}

export interface Steps {
  /** Does a step, shows how it went, and passes its failure on. */
  run<T>(name: string, work: () => Promise<T>, note?: (result: T) => string): Promise<T>;
  readonly done: readonly Step[];
}

const show = (text: string): void => {
  process.stdout.write(text);
};

export function steps(): Steps {
  const done: Step[] = [];
  const add = (step: Step) => {
    done.push(step);
    show(`${lineOf(step)}\n`);
  };
  return {
    done,
    async run(name, work, note = () => '') {
      const started = performance.now();
      const seconds = () => (performance.now() - started) / 1_000;
      show(styleText('dim', `… ${name}\n`));
      try {
        const result = await work();
        add({ name, seconds: seconds(), ok: true, note: note(result) });
        return result;
      } catch (error) {
        const why = error instanceof Error ? firstLine(error.message) : String(error);
        add({ name, seconds: seconds(), ok: false, note: why });
        show(`${String(error)}\n${error instanceof CommandFailed ? lastLines(error.output) : ''}`);
        throw error;
      }
    },
  };
}

const MOST_CHARACTERS = 100;
const MOST_LINES = 60;

const lastLines = (text: string): string => text.split('\n').slice(-MOST_LINES).join('\n');

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, MOST_CHARACTERS) ?? '';

const lineOf = ({ name, seconds, ok, note }: Step): string =>
  `${ok ? styleText('green', '✓') : styleText('red', '✗')} ${name.padEnd(12)}${seconds.toFixed(1).padStart(7)} s   ${
    ok ? note : styleText('red', note)
  }`.trimEnd();

/** All steps again, one below the other, and the verdict. */
export function summary(all: readonly Step[]): string {
  const ok = all.every((step) => step.ok);
  const seconds = all.reduce((sum, step) => sum + step.seconds, 0);
  const verdict = ok
    ? styleText(['green', 'bold'], `All well in ${Math.round(seconds)} s`)
    : styleText(
        ['red', 'bold'],
        `Failed: ${all
          .filter((step) => !step.ok)
          .map(({ name }) => name)
          .join(', ')}`,
      );
  return ['', styleText('bold', 'On AWS as it was deployed'), ...all.map(lineOf), verdict, ''].join('\n');
}
