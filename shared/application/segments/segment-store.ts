import { keys } from '../../contracts/keys.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { Slug } from '../../domain/kernel/ids.ts';
import type { Segment } from '../../domain/segments/segment.ts';
import type { Item, Table } from '../../ports/table.ts';

const MOST_SEGMENTS = 1_000;

/** Segments are written checked, by `putSegment` alone. */
const toSegment = ({ value }: Item): Segment => value as unknown as Segment;

export async function readSegment(table: Table, id: Slug): Promise<Segment> {
  const item = await table.get(keys.segment(id));
  if (item === undefined) throw new NotFound('segment', id);
  return toSegment(item);
}

export async function listSegments(table: Table): Promise<readonly Segment[]> {
  const { items } = await table.query({ table: 'control', pk: 'segments', limit: MOST_SEGMENTS });
  return items.map(toSegment);
}

export async function putSegment(table: Table, segment: Segment): Promise<void> {
  await table.commit([{ put: keys.segment(segment.id), value: segment }]);
}
