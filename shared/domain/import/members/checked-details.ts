import { Member } from '../../events/member.ts';

type Details = Readonly<Record<string, unknown>>;

/** What cannot be taken: a field, or a part of one such as the street of the address. */
export interface RefusedDetail {
  readonly field: string;
  readonly part?: string;
  readonly message: string;
}

/** Details as the event's schema takes them, without what it refuses. */
export function checkedDetails(details: Details): {
  readonly details: Details;
  readonly refused: readonly RefusedDetail[];
} {
  const read = Member.safeParse(details);
  if (read.success) return { details, refused: [] };
  const refused = new Map(
    read.error.issues.map(({ path: [field, part], message }) => [
      `${String(field)}.${String(part ?? '')}`,
      { field: String(field), ...(part === undefined ? {} : { part: String(part) }), message },
    ]),
  );
  return { details: without(details, [...refused.values()]), refused: [...refused.values()] };
}

const without = (details: Details, refused: readonly RefusedDetail[]): Details =>
  refused.reduce((left: Details, { field, part }) => {
    const { [field]: value, ...others } = left;
    if (part === undefined || typeof value !== 'object' || value === null) return others;
    const { [part]: _refused, ...parts } = value as Details;
    return Object.keys(parts).length === 0 ? others : { ...others, [field]: parts };
  }, details);
