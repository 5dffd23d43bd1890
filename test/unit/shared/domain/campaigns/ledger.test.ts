import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  INTERRUPTED,
  outcomeOf,
  type Step,
  Touch,
} from '../../../../../shared/domain/campaigns/ledger.ts';

const at = '2026-03-31T10:00:00.000Z';
const claim: Step = { kind: 'claim', at };
const holdOut: Step = { kind: 'hold-out', at };
const send: Step = { kind: 'send', at, reference: 'ref-1' };
const refuse: Step = { kind: 'refuse', at, reason: 'bounced' };
const steps = [claim, holdOut, send, refuse];

const claimed: Touch = { state: 'claimed', at };
const sent: Touch = { state: 'sent', at, reference: 'ref-1' };
const refused: Touch = { state: 'refused', at, reason: 'bounced' };
const heldOut: Touch = { state: 'held-out', at };

describe('the ledger of one customer and one campaign', () => {
  it.each<[string, Touch | undefined, (Touch | undefined)[]]>([
    ['nothing', undefined, [claimed, heldOut, undefined, undefined]],
    ['a claim', claimed, [undefined, undefined, sent, refused]],
    ['a message', sent, [undefined, undefined, undefined, undefined]],
    ['a refusal', refused, [undefined, undefined, undefined, undefined]],
    ['a hold-out', heldOut, [undefined, undefined, undefined, undefined]],
  ])('after %s takes these steps and no others', (_what, touch, after) => {
    expect(steps.map((step) => advance(touch, step))).toEqual(after);
  });

  it('sends at most once, only after a claim, and never after a hold-out or a refusal', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (asked) => {
        let touch: Touch | undefined;
        const taken: string[] = [];
        for (const step of asked) {
          const next = advance(touch, step);
          if (next === undefined) continue;
          touch = next;
          taken.push(step.kind);
        }

        expect(['', 'claim', 'hold-out', 'claim send', 'claim refuse']).toContain(taken.join(' '));
      }),
    );
  });

  it('is read back from storage as it was written', () => {
    for (const touch of [claimed, sent, refused, heldOut]) {
      expect(Touch.parse(JSON.parse(JSON.stringify(touch)))).toEqual(touch);
    }
    expect(Touch.safeParse({ state: 'sent', at }).error?.issues[0]?.path).toEqual(['reference']);
  });

  it('counts as sent, held out or refused; a claim that nobody answered as interrupted', () => {
    expect([sent, heldOut, refused, claimed].map(outcomeOf)).toEqual([
      { kind: 'sent' },
      { kind: 'held-out' },
      { kind: 'refused', reason: 'bounced' },
      { kind: 'refused', reason: INTERRUPTED },
    ]);
  });
});
