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
const bounce: Step = { kind: 'bounced', at };
const complain: Step = { kind: 'complained', at };
const steps = [claim, holdOut, send, refuse, bounce, complain];

const claimed: Touch = { state: 'claimed', at };
const sent: Touch = { state: 'sent', at, reference: 'ref-1' };
const refused: Touch = { state: 'refused', at, reason: 'bounced' };
const heldOut: Touch = { state: 'held-out', at };
const bounced: Touch = { state: 'bounced', at };
const complained: Touch = { state: 'complained', at };
const none = [undefined, undefined, undefined, undefined, undefined, undefined];

describe('the ledger of one customer and one campaign', () => {
  it.each<[string, Touch | undefined, (Touch | undefined)[]]>([
    ['nothing', undefined, [claimed, heldOut, undefined, undefined, undefined, undefined]],
    ['a claim', claimed, [undefined, undefined, sent, refused, bounced, complained]],
    ['a message', sent, [undefined, undefined, undefined, undefined, bounced, complained]],
    ['a refusal', refused, none],
    ['a hold-out', heldOut, none],
    ['a bounce', bounced, none],
    ['a complaint', complained, none],
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

        expect(taken.join(' ')).toMatch(/^(hold-out|claim( refuse|( send)?( bounced| complained)?))?$/);
      }),
    );
  });

  it('is read back from storage as it was written', () => {
    for (const touch of [claimed, sent, refused, heldOut, bounced, complained]) {
      expect(Touch.parse(JSON.parse(JSON.stringify(touch)))).toEqual(touch);
    }
    expect(Touch.safeParse({ state: 'sent', at }).error?.issues[0]?.path).toEqual(['reference']);
  });

  it('counts as sent what came back later, since it was', () => {
    expect([bounced, complained].map(outcomeOf)).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
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
