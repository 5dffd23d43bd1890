/**
 * Reads a line as a metric filter of CloudWatch does. Of its language only what we write: conditions on fields
 * of a JSON line (text with * for anything, and numbers), joined by && or ||, in parentheses where they are mixed.
 */
export function matches(pattern: string, line: string): boolean {
  const tokens = [
    ...pattern.matchAll(/"(?:[^"\\]|\\.)*"|\$(?:\.\w+)+|&&|\|\||>=|!=|=|[(){}]|-?\d+(?:\.\d+)?/g),
  ].map(([token]) => token);
  const fields = parsed(line);
  const take = (): string => tokens.shift() ?? '';

  const condition = (): boolean => {
    if (tokens[0] === '(') {
      take();
      const inner = expression();
      take();
      return inner;
    }
    const value = take()
      .slice(2)
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], fields);
    return compare(value, take(), take());
  };

  const expression = (): boolean => {
    let result = condition();
    while (tokens[0] === '&&' || tokens[0] === '||') {
      const and = take() === '&&';
      const next = condition();
      result = and ? result && next : result || next;
    }
    return result;
  };

  if (take() !== '{') throw new Error(`Not a pattern for JSON lines: ${pattern}`);
  return expression();
}

function compare(value: unknown, operator: string, wanted: string): boolean {
  if (wanted.startsWith('"')) {
    const text = String(JSON.parse(wanted));
    const shape = new RegExp(`^${text.split('*').map(escaped).join('.*')}$`);
    if (operator === '=') return typeof value === 'string' && shape.test(value);
  } else if (operator === '>=') {
    return typeof value === 'number' && value >= Number(wanted);
  }
  throw new Error(`This reader knows no ${operator} ${wanted}`);
}

const escaped = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
