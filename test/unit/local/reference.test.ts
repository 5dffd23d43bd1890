import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../../local/reference/pages.ts';
import { routes } from '../../../shared/contracts/routes.ts';
import { readEvent } from '../../../shared/domain/events/read-event.ts';

describe('the reference pages', () => {
  it.each(Object.entries(referencePages()))(
    '%s says what the code says; `npm run reference` writes it',
    (file, text) => {
      expect(readFileSync(file, 'utf8')).toBe(`${text}\n`);
    },
  );
});

describe('the page of events', () => {
  it('begins with a whole event that the door takes', () => {
    const [, sample = ''] = /```json\n(.*?)```/s.exec(referencePages()['docs/events.md'] ?? '') ?? [];

    expect(readEvent(JSON.parse(sample)).happening.type).toBe('consent.changed');
  });

  it('names every field of a receipt, in bold those that must be there', () => {
    expect(referencePages()['docs/events.md']).toContain(
      '**lines** (**sku**, **quantity**, **unitPrice**, discount, category, line)',
    );
  });
});

describe('the README', () => {
  it('names only endpoints that exist', () => {
    const named = [...readFileSync('README.md', 'utf8').matchAll(/\/v1\/[a-z-]+/g)].map(([path]) => path);

    expect(named.length).toBeGreaterThan(3);
    for (const path of named)
      expect(Object.values(routes).some((route) => route.path.startsWith(path))).toBe(true);
  });
});
