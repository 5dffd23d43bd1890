import { expect, it } from 'vitest';
import { byAge } from '../../../../../shared/domain/identity/membership.ts';
import { profile } from '../../../../builders/an-event.ts';

const since = (name: string, kind: string, at: string) => ({ id: profile(name, kind), since: at });
const [first, later] = ['2026-03-14T10:00:00Z', '2026-03-15T10:00:00Z'] as const;

it('profiles stand by age, of one age the stronger kind first, then by id, in whatever order they come', () => {
  const inOrder = [
    since('b', 'device', first),
    since('z', 'member', later),
    since('a', 'phone', later),
    since('b', 'phone', later),
    since('a', 'device', later),
  ];
  const oldestFirst = byAge({ priority: ['member', 'phone', 'device'] } as never);

  for (const start of inOrder.keys()) {
    const turned = [...inOrder.slice(start), ...inOrder.slice(0, start)];
    expect(turned.toSorted(oldestFirst)).toEqual(inOrder);
    expect(turned.toReversed().sort(oldestFirst)).toEqual(inOrder);
  }
  expect(oldestFirst(since('a', 'phone', first), since('a', 'phone', first))).toBe(0);
});
