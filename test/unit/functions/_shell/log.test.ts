import { afterEach, describe, expect, it, vi } from 'vitest';
import { logFailure } from '../../../../functions/_shell/log.ts';
import { InvalidInput } from '../../../../shared/domain/kernel/errors.ts';

const lines: string[] = [];
vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
  lines.push(String(line));
  return true;
});

afterEach(() => {
  lines.length = 0;
});

const logged = (error: unknown) => {
  logFailure('call failed', error, { route: 'getCustomer' });
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
};

describe('a failure that is logged', () => {
  it('shows code, path and place', () => {
    const line = logged(
      new InvalidInput('invalid-field', 'data.receipt', 'data.receipt: ada@example.com is none'),
    );

    expect(line).toMatchObject({
      message: 'call failed',
      route: 'getCustomer',
      error: 'invalid-field',
      path: 'data.receipt',
    });
    expect(line['at']).toEqual(expect.arrayContaining([expect.stringContaining('log.test.ts')]));
  });

  it('never shows what the failure says, since that may quote a person', () => {
    let foreign: unknown;
    try {
      JSON.parse('ada@example.com');
    } catch (error) {
      foreign = error;
    }

    const line = logged(new InvalidInput('malformed-json', '', 'of ada@example.com', { cause: foreign }));
    logged(foreign);

    expect(line).toMatchObject({ error: 'malformed-json', cause: 'SyntaxError' });
    expect(lines.join()).not.toContain('ada@');
  });

  it('is noted even when it is no error', () => {
    expect(logged('ada@example.com')).toMatchObject({ error: 'string' });
  });
});
