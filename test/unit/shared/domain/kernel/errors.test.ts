import { describe, expect, it } from 'vitest';
import {
  Conflict,
  EventsNotAccepted,
  InvalidInput,
  NotFound,
  StoreUnavailable,
  TooManyConflicts,
} from '../../../../../shared/domain/kernel/errors.ts';
import { unreachable } from '../../../../../shared/domain/kernel/unreachable.ts';

describe('errors', () => {
  it.each([
    [new StoreUnavailable('disk full'), 'store-unavailable', true],
    [new TooManyConflicts('The record x'), 'too-many-conflicts', true],
    [new EventsNotAccepted([{ index: 3, reason: 'throttled' }]), 'events-not-accepted', true],
    [new Conflict('was run'), 'conflict', false],
    [new NotFound('customer', 'x'), 'not-found', false],
    [new InvalidInput('invalid-field', 'data.receipt', 'data.receipt: is missing'), 'invalid-field', false],
  ])('%s has the code %s; worth another try: %s', (error, code, retryable) => {
    expect(error).toMatchObject({ code, retryable });
  });

  it('carry their cause, and what more the answer is to hold', () => {
    const cause = new Error('below');
    const error = new InvalidInput('no-valid-event', '', 'none', { cause, more: { results: [1] } });

    expect(error).toMatchObject({ cause, more: { results: [1] } });
    expect(new InvalidInput('invalid-field', 'id', 'x').more).toEqual({});
  });

  it('say how many messages were lost, and why', () => {
    const lost = [
      { index: 0, reason: 'throttled' },
      { index: 7, reason: 'too large' },
    ];

    expect(new EventsNotAccepted(lost).message).toMatch(/^2 .*throttled$/);
  });

  it('of a case that nobody thought of name it', () => {
    expect(() => unreachable({ type: 'new' } as never)).toThrow('"type":"new"');
  });
});
