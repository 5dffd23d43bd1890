import type { Filled, FillInput } from '../jobs/fill.ts';
import { formatted, type Line } from '../kit/line.ts';
import type { Workspace } from '../kit/workspace.ts';

interface ShopOptions {
  /** With a sealed name and e-mail address of everybody. */
  readonly contacts: boolean;
}

/** What the parts of one run share. */
export interface Bench {
  readonly workspace: Workspace;
  readonly quick: boolean;
  /** The last day on which the generated customers bought, and the business date of the nights. */
  readonly lastDay: string;
  /** A data directory of its own for one part, with this many generated customers. */
  shop(name: string, customers: number, options: ShopOptions): Promise<string>;
  tell(text: string): void;
}

/** Customers of a shop that has not outgrown one machine. */
export const SHOP = 100_000;

interface Options {
  readonly workspace: Workspace;
  readonly lastDay: string;
  readonly lines: Line[];
  tell(text: string): void;
}

/** Fills each size once and copies it for whoever asks; how long the filling took is reported apart. */
export function shops({ workspace, lastDay, lines, tell }: Options): Bench['shop'] {
  const models = new Map<string, Promise<string>>();
  const fill = async (model: string, customers: number, contacts: boolean): Promise<string> => {
    tell(`Filling ${customers} customers`);
    const path = workspace.directory(model);
    const input: FillInput = { path, customers, contacts, lastDay };
    const { result } = await workspace.run<Filled>('fill', input);
    const size = `${Math.round(result.bytes / 2 ** 20)} MiB${contacts ? ', with sealed contacts' : ''}`;
    lines.push({
      part: 'filling',
      what: `${formatted(customers)} customers`,
      value: result.seconds,
      unit: 's',
      note: `${size}; not part of any other number`,
    });
    return path;
  };
  return async (name, customers, { contacts }) => {
    const model = `model-${customers}${contacts ? '-contacts' : ''}`;
    const filled = models.get(model) ?? fill(model, customers, contacts);
    models.set(model, filled);
    return workspace.directory(name, await filled);
  };
}
