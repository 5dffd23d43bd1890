import type { Caller } from '../../shared/contracts/handler.ts';
import { type Role, roles } from '../../shared/contracts/route.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** The person that a checked token speaks of. Roles that we do not know count for nothing. */
export const personOf = (claims: Claims, rolesClaim: string): Caller => ({
  kind: 'person',
  name: String(claims['sub'] ?? 'unnamed'),
  roles: wordsOf(claims[rolesClaim]).filter((word): word is Role =>
    (roles as readonly string[]).includes(word),
  ),
});

/** HTTP APIs hand a list over as text: `[marketer ops]`; issuers write `marketer ops`, `marketer,ops`, or a list. */
const wordsOf = (claim: unknown): readonly string[] =>
  Array.isArray(claim)
    ? claim.map(String)
    : typeof claim === 'string'
      ? claim.split(/[[\]\s,"]+/).filter(Boolean)
      : [];
