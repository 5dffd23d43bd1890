import { describe, expect, it } from 'vitest';
import { catalogue, type EventType, eventTypes } from '../../../../../shared/domain/events/catalogue.ts';
import type { EventDefinition } from '../../../../../shared/domain/events/define-event.ts';
import { readEvent } from '../../../../../shared/domain/events/read-event.ts';

type Any = EventDefinition<string, (typeof catalogue)[EventType]['data']>;
const definitions = Object.values(catalogue) as unknown as Any[];

describe.each(definitions)(
  '$type',
  ({ type, sample, version, upcast = {}, older = {}, impersonal = [], data, summary }) => {
    it('reads its own sample, and keeps what it does not know', () => {
      const more = { ...sample, loyaltyCampaign: { code: 'SPRING' } };

      const { happening } = readEvent({ id: 'x', type, occurredAt: '2026-03-14T10:15:00Z', data: more });

      expect(happening).toMatchObject({ type, data: { ...sample, loyaltyCampaign: { code: 'SPRING' } } });
    });

    it('has a way up from every older version, a sample of it, and says what changed', () => {
      const before = Array.from({ length: version - 1 }, (_, index) => index + 1);

      expect(Object.keys(upcast).map(Number)).toEqual(before);
      expect(Object.keys(older).map(Number)).toEqual(before);
      for (const { changed } of Object.values(older)) expect(changed).toMatch(/^[^A-Z].*\.$/);
    });

    it.each(Object.entries(older))('reads its sample of version %s, said or not', (old, told) => {
      const frame = { id: 'x', type, occurredAt: '2026-03-14T10:15:00Z', data: told.sample };

      const { happening } = readEvent({ ...frame, version: Number(old) });

      expect(data.safeParse(happening.data).success).toBe(true);
      expect(readEvent(frame).happening).toEqual(happening);
    });

    it('lets only fields of its own be seen of a person, and can be read without the others', () => {
      const seen = Object.fromEntries(
        Object.entries(sample).filter(([field]) => impersonal.length === 0 || impersonal.includes(field)),
      );

      expect(impersonal.filter((field) => !Object.keys(data.shape).includes(field))).toEqual([]);
      expect(data.safeParse(seen).success).toBe(true);
    });

    it('says in a sentence what it is', () => {
      expect(summary).toMatch(/^[A-Z].*\.$/);
    });
  },
);

describe('the catalogue', () => {
  it.each(definitions.filter(({ naturalKey, namedBy }) => naturalKey !== undefined && namedBy === undefined))(
    'says that a part has a name of its own where it has: $type',
    ({ type, sample }) => {
      const nameOf = (part: number) =>
        readEvent({ type, occurredAt: '2026-03-14T10:15:00Z', data: { ...sample, part } }).naturalKey;

      expect(nameOf(2)).not.toBe(nameOf(1));
    },
  );

  it('registers each type under its own name', () => {
    expect(definitions.map(({ type }) => type)).toEqual(eventTypes);
  });
});
