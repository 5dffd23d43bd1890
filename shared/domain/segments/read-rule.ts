import * as z from 'zod';
import { InvalidInput } from '../kernel/errors.ts';
import type { Complaint, Operator } from './define-operator.ts';
import { suggestion } from './nearest.ts';
import { isOperatorWord, type OperatorWord, operators, operatorWords, type Rule } from './registry.ts';

/** Rules within rules; deeper ones nobody can read. */
export const DEEPEST = 10;
/** Operators in one rule. */
export const MOST_NODES = 200;

const shapes = Object.fromEntries(
  operatorWords.map((word) => [word, operators[word].schema(z.unknown())]),
) as Record<OperatorWord, z.ZodObject>;

const known = `known operators are ${operatorWords.join(', ')}`;

/** Takes a rule from outside. Throws InvalidInput with the code `invalid-rule` and the path of the slip. */
export function readRule(raw: unknown): Rule {
  const slip = slipIn(raw);
  if (slip === undefined) return raw as Rule; // every node was just checked against its operator
  throw new InvalidInput('invalid-rule', slip.path, `${slip.path || 'the rule'}: ${slip.message}`);
}

/**
 * The first thing in a rule that is not understood. Nothing is passed over, because a slip that is passed
 * over widens an audience.
 */
export const slipIn = (raw: unknown): Complaint | undefined =>
  slipInNode(raw, { path: '', depth: 1, count: { nodes: 0 } });

interface Place {
  readonly path: string;
  readonly depth: number;
  /** Shared by all nodes of the rule. */
  readonly count: { nodes: number };
}

function slipInNode(raw: unknown, { path, depth, count }: Place): Complaint | undefined {
  count.nodes += 1;
  if (depth > DEEPEST) return { path, message: `rules stand at most ${DEEPEST} deep; flatten it` };
  if (count.nodes > MOST_NODES) {
    return {
      path,
      message: `a rule has at most ${MOST_NODES} nodes; ask for many values of a trait with in`,
    };
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { path, message: `must be an object such as {"trait": "orders", "atLeast": 2}; ${known}` };
  }
  const word = wordOf(Object.keys(raw));
  if (typeof word !== 'string') return below(path, word);
  // The word was just found on this rule, so the operator is that of the rule; TypeScript cannot follow.
  const operator = operators[word] as unknown as Operator<unknown>;
  const slip = misshapen(raw, word) ?? operator.check?.(raw);
  if (slip !== undefined) return below(path, slip);
  for (const part of operator.parts(raw)) {
    const within = slipInNode(part.rule, { path: join(path, part.path), depth: depth + 1, count });
    if (within !== undefined) return within;
  }
  return undefined;
}

/** The one operator among the keys, or why there is none. */
function wordOf(keys: readonly string[]): OperatorWord | Complaint {
  const [word, other] = keys.filter(isOperatorWord);
  if (word !== undefined && other === undefined) return word;
  if (word !== undefined && other !== undefined) {
    return { path: other, message: `stands beside '${word}'; a rule has one operator, join two with and` };
  }
  const stray = keys.find((key) => key !== 'trait' && key !== 'seed');
  if (stray === undefined) return { path: '', message: `has no operator; ${known}` };
  return {
    path: stray,
    message: `there is no operator '${stray}'${suggestion(stray, operatorWords)}; ${known}`,
  };
}

function misshapen(raw: object, word: OperatorWord): Complaint | undefined {
  const issue = shapes[word].safeParse(raw).error?.issues[0];
  if (issue === undefined) return undefined;
  if (issue.code !== 'unrecognized_keys') return { path: join(...issue.path), message: issue.message };
  const key = issue.keys.join();
  const allowed = Object.keys(shapes[word].shape);
  const message = `is not known beside '${word}'${suggestion(key, allowed)}; allowed are ${allowed.join(', ')}`;
  return { path: key, message };
}

const join = (...pieces: readonly PropertyKey[]): string => pieces.filter((piece) => piece !== '').join('.');

const below = (path: string, slip: Complaint): Complaint => ({ ...slip, path: join(path, slip.path) });
