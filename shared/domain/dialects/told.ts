/** An object as somebody else's JSON has it: nothing of it is certain. */
export type Told = Readonly<Record<string, unknown>>;

export const objectIn = (value: unknown): Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Told) : {};

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Text that says something; ids are often sent as numbers. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** The first of these fields that says something. */
export const firstText = (told: Told, ...names: readonly string[]): string | undefined =>
  names.map((name) => textIn(told[name])).find((text) => text !== undefined);

type Stated<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without what is undefined. */
export const stated = <T extends object>(values: T): Stated<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Stated<T>;
