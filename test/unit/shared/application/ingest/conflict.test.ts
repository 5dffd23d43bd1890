import { describe, expect, it } from 'vitest';
import { conflictOf } from '../../../../../shared/application/ingest/conflict.ts';
import { tellable } from '../../../../../shared/domain/events/catalogue.ts';
import { expandEvent, readEvent } from '../../../../../shared/domain/events/read-event.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';

const types = Object.keys(tellable) as (keyof typeof tellable)[];
/** What every type makes of its sample, with the name that it gives itself. */
const named = types.flatMap((type) =>
  expandEvent(aSubmission(type as never, { data: tellable[type].sample } as never)).flatMap((raw) => {
    const { naturalKey } = readEvent(raw);
    return naturalKey === undefined ? [] : [{ type, naturalKey, raw: raw as { readonly data: object } }];
  }),
);

describe('a name that is taken', () => {
  it.each(named)(
    'of $type ($naturalKey) leads to a field of the event that gives it',
    ({ naturalKey, raw }) => {
      const { path, message } = conflictOf(naturalKey);

      const [top, field = ''] = path.split('.');
      expect([top, Object.keys(raw.data)]).toEqual(['data', expect.arrayContaining([field])]);
      expect(message).toContain(naturalKey);
    },
  );

  it.each([
    ['event/7', 'id', 'never given twice'],
    ['receipt/a/b/1/1', 'data.receipt', 'receipt.corrected'],
    ['corrected/1/receipt/a/b/1/1', 'data.revision', 'higher revision'],
    ['close/a/b/2026-03-14/1', 'data.day', 'shift'],
  ])('%s says how to send what is meant', (name, path, wayOut) => {
    expect(conflictOf(name)).toMatchObject({
      code: 'conflict',
      path,
      message: expect.stringContaining(wayOut),
    });
  });
});
