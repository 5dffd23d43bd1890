import * as z from 'zod';

const Texts = z.record(z.string(), z.union([z.string(), z.array(z.union([z.string(), z.null()])), z.null()]));
const text = z.string().nullish();

/** An endpoint as Amazon Pinpoint exports it; what is not needed is passed over. */
export const Endpoint = z.object({
  Id: text,
  Address: text,
  ChannelType: z.string(),
  /** ALL: this address wants no message. NONE: its owner did not say so. */
  OptOut: text,
  EffectiveDate: text,
  EndpointStatus: text,
  Location: z.object({ City: text, Country: text, PostalCode: text, Region: text }).nullish(),
  Demographic: z.object({ Locale: text }).nullish(),
  Attributes: Texts.nullish(),
  Metrics: z.record(z.string(), z.unknown()).nullish(),
  User: z.object({ UserId: text, UserAttributes: Texts.nullish() }).nullish(),
});
export type Endpoint = z.output<typeof Endpoint>;

/** Headers of CSV exports name their place: User.UserAttributes.FirstName, Location.City. */
const groups = ['User.UserAttributes', 'User', 'Attributes', 'Metrics', 'Location', 'Demographic'] as const;

/** The object that a line of a CSV export stands for. */
export function endpointOfLine(header: readonly string[], fields: readonly string[]): unknown {
  const said = header.flatMap((name, index) => {
    const value = fields[index]?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const placed = said.map(([name, value]) => {
    const group = groups.find((one) => name.startsWith(`${one}.`));
    return group === undefined
      ? { group: '', name, value }
      : { group, name: name.slice(group.length + 1), value };
  });
  const of = (group: string) =>
    Object.fromEntries(placed.filter((one) => one.group === group).map(({ name, value }) => [name, value]));
  return {
    ...of(''),
    Attributes: of('Attributes'),
    Metrics: of('Metrics'),
    Location: of('Location'),
    Demographic: of('Demographic'),
    User: { ...of('User'), UserAttributes: of('User.UserAttributes') },
  };
}
