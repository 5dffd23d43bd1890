import { expect, it, vi } from 'vitest';
import { httpFunction } from '../../../../functions/_shell/http.ts';
import { authenticate } from '../../../../shared/application/http/access.ts';
import { grantKey } from '../../../../shared/application/http/manage-keys.ts';
import { routes } from '../../../../shared/contracts/routes.ts';
import { StoreUnavailable } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';
import { memoryMachine } from '../../../support/memory-machine.ts';
import { noSegment } from '../../../support/no-segment.ts';
import { signedBy } from '../../../support/signed-by.ts';

it('a function that cannot look keys up logs that, and nothing of the key or the signature', async () => {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
  }
  const machine = memoryMachine();
  const grant = { kind: 'source', name: 'till-7' } as const;
  const [bearer, signing] = [
    await grantKey(machine)({ kind: 'bearer', grant }),
    await grantKey(machine)({ kind: 'signing', grant }),
  ];
  const away = { ...machine.table, get: () => Promise.reject(new StoreUnavailable('away')) };
  const accept = httpFunction('ingest/accept-events', routes, () => ({
    handlers: { ...noSegment, acceptEvents: async () => ({ body: { results: [] } }) },
    authenticate: authenticate({ ...machine, table: away }),
  }));
  const time = Date.parse(machine.clock()) / 1_000;
  const signature = signedBy({ id: signing.key.id, secret: signing.secret, time }, '[]');

  for (const authorization of [`Bearer ${bearer.secret}`, signature]) {
    const answer = await accept(
      {
        routeKey: 'POST /v1/events',
        headers: { authorization },
        body: '[]',
        isBase64Encoded: false,
        requestContext: {},
      },
      context,
    );
    expect(answer.statusCode).toBe(503);
  }
  vi.restoreAllMocks();

  const log = lines.join('');
  expect(log).toContain('store-unavailable');
  for (const secret of [bearer.secret, signing.secret, signature.slice(-64), 'authorization'])
    expect(log).not.toContain(secret);
});
