import type { Filled, FillInput } from '../jobs/fill.ts';
import type { Line } from '../kit/line.ts';
import type { Workspace } from '../kit/workspace.ts';

/** What the parts of one run share. */
export interface Bench {
  readonly workspace: Workspace;
  readonly quick: boolean;
  /** The last day on which the generated customers bought, and the business date of the nights. */
  readonly lastDay: string;
  /** A data directory of its own for one part, with this many generated customers. */
  shop(name: string, customers: number): Promise<string>;
  tell(text: string): void;
}

/** Customers of a shop that has not outgrown one machine. */
export const SHOP = 100_000;

/** With this many the directory is filled without contacts, unless a campaign is to reach them. */
const MANY = 500_000;

interface Options {
  readonly workspace: Workspace;
  readonly lastDay: string;
  readonly lines: Line[];
  tell(text: string): void;
}

/** Fills each size once and copies it for whoever asks; how long the filling took is reported apart. */
export function shops({ workspace, lastDay, lines, tell }: Options): Bench['shop'] {
  const models = new Map<number, Promise<string>>();
  const fill = async (customers: number): Promise<string> => {
    tell(`Filling ${customers} customers`);
    const path = workspace.directory(`model-${customers}`);
    const input: FillInput = { path, customers, contacts: customers < MANY, lastDay };
    const { result } = await workspace.run<Filled>('fill', input);
    lines.push({
      part: 'filling',
      what: `${customers} customers`,
      value: result.seconds,
      unit: 's',
      note: `${Math.round(result.bytes / 2 ** 20)} MiB${input.contacts ? ', with sealed contacts' : ''}; not part of any other number`,
    });
    return path;
  };
  return async (name, customers) => {
    const model = models.get(customers) ?? fill(customers);
    models.set(customers, model);
    return workspace.directory(name, await model);
  };
}
