import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../../local/reference/pages.ts';
import { routes } from '../../../shared/contracts/routes.ts';

describe('the reference pages', () => {
  it.each(Object.entries(referencePages()))(
    '%s says what the code says; `npm run reference` writes it',
    (file, text) => {
      expect(readFileSync(file, 'utf8')).toBe(`${text}\n`);
    },
  );
});

describe('the README', () => {
  it('names only endpoints that exist', () => {
    const named = [...readFileSync('README.md', 'utf8').matchAll(/\/v1\/[a-z-]+/g)].map(([path]) => path);

    expect(named.length).toBeGreaterThan(3);
    for (const path of named)
      expect(Object.values(routes).some((route) => route.path.startsWith(path))).toBe(true);
  });
});
