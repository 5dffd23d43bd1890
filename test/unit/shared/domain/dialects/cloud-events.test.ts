import { describe, expect, it } from 'vitest';
import { inWordsOf, nativeOf } from '../../../../../shared/domain/dialects/cloud-events.ts';
import { readEvent } from '../../../../../shared/domain/events/read-event.ts';
import { InvalidInput } from '../../../../../shared/domain/kernel/errors.ts';

const cloudEvent = {
  specversion: '1.0',
  id: 'A234',
  source: '/tills/7',
  type: 'page.viewed',
  time: '2026-03-14T10:15:00Z',
  subject: 'x',
  traceparent: '00-0af7',
  data: { ids: { member: 'M-1' }, path: '/sale' },
};

describe('a CloudEvent', () => {
  it('is an event of ours, known by its source and id', () => {
    const event = nativeOf(cloudEvent);

    expect(event).toEqual({
      id: '/tills/7#A234',
      type: 'page.viewed',
      occurredAt: '2026-03-14T10:15:00Z',
      ids: { member: 'M-1' },
      data: { path: '/sale' },
    });
    expect(() => readEvent(event)).not.toThrow();
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/vnd.shop+json',
    undefined,
    // The JSON format's word for what is left out.
    null,
  ])('may say that its data are %s', (datacontenttype) => {
    expect(nativeOf({ ...cloudEvent, datacontenttype })).toEqual(nativeOf(cloudEvent));
  });

  it.each([
    ['specversion', '0.3'],
    ['id', undefined],
    ['id', ''],
    ['source', 7],
    ['time', undefined],
    ['data', undefined],
    ['data', 'text'],
    ['data', [1]],
    ['datacontenttype', 'text/xml'],
    ['datacontenttype', 'text/jsonp'],
    // Taken for no attribute at all, the event would be about nobody.
    ['ids', { member: 'M-1' }],
    ['relatedIds', { member: 'M-2' }],
  ])('is refused where %s is %j', (path, value) => {
    expect(() => nativeOf({ ...cloudEvent, [path]: value })).toThrow(
      expect.objectContaining({ code: 'invalid-field', path }),
    );
  });
});

describe('what is wrong with the event that a CloudEvent became', () => {
  const told = (item: unknown, path: string) =>
    expect(() =>
      inWordsOf(item, () => {
        throw new InvalidInput('a-code', path, `${path}: is wrong`, { more: { a: 1 } });
      }),
    );

  it.each([
    ['occurredAt', 'time'],
    ['ids', 'data.ids'],
    ['ids.phone', 'data.ids.phone'],
    ['relatedIds', 'data.relatedIds'],
    ['data.sku', 'data.sku'],
    ['', ''],
  ])('is told by its own names: %s is its %s', (path, theirs) => {
    told(cloudEvent, path).toThrow(
      expect.objectContaining({
        code: 'a-code',
        path: theirs,
        message: `${theirs}: is wrong`,
        more: { a: 1 },
      }),
    );
  });

  it('is told by ours where it was none', () => {
    told({ type: 'page.viewed' }, 'occurredAt').toThrow(expect.objectContaining({ path: 'occurredAt' }));
  });

  it('stays what it is where nobody sent it', () => {
    expect(() =>
      inWordsOf(cloudEvent, () => {
        throw new RangeError('ours');
      }),
    ).toThrow(RangeError);
  });
});

describe('the name of a CloudEvent', () => {
  const named = (source: string) => nativeOf({ ...cloudEvent, source, id: 'a'.repeat(36) });

  it('may be as long as any event’s', () => {
    expect(() => readEvent(named('s'.repeat(91)))).not.toThrow();
  });

  it('is refused where it is longer, saying that the source is a part of it', () => {
    expect(() => named('s'.repeat(92))).toThrow(
      expect.objectContaining({ path: 'id', message: expect.stringContaining('source') }),
    );
  });
});

it.each([[null], ['text'], [[cloudEvent]], [{ type: 'page.viewed' }]])(
  'what is none stays as it is: %j',
  (item) => {
    expect(nativeOf(item)).toBe(item);
  },
);
