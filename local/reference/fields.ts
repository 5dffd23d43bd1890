import * as z from 'zod';

interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** The fields of a payload by name, those that must be there in bold: `**sku**, quantity, channel (store, web, app)`. */
export const fieldsInWords = (data: z.ZodType): string =>
  inWords(z.toJSONSchema(data, { io: 'input', unrepresentable: 'any' }) as Schema);

const inWords = ({ properties = {}, required = [] }: Schema): string =>
  Object.entries(properties)
    .map(([name, field]) => `${required.includes(name) ? `**${name}**` : name}${within(field)}`)
    .join(', ');

function within({ enum: values, items, ...field }: Schema): string {
  if (values !== undefined) return ` (${values.join(', ')})`;
  const inner = inWords(items ?? field);
  return inner === '' ? '' : ` (${inner})`;
}
