import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ServerType } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDataDirectory } from '../../local/data-directory.ts';
import { type Machine, openMachine } from '../../local/machine.ts';
import { application, listen } from '../../local/server.ts';
import { type GrantedKey, grantKey, revokeKey } from '../../shared/application/http/manage-keys.ts';
import type { EventResult } from '../../shared/contracts/event-schemas.ts';
import { StoreUnavailable } from '../../shared/domain/kernel/errors.ts';
import { aReceipt } from '../builders/a-receipt.ts';
import { temporaryDirectory } from '../support/local-host.ts';
import { signedBy } from '../support/signed-by.ts';

const directory = temporaryDirectory();
let machine: Machine;
let server: ServerType;
let url: string;
let till: GrantedKey;
/** Milliseconds that the server's clock is ahead of this test's. */
let ahead = 0;

beforeAll(async () => {
  const opened = openMachine(openDataDirectory(directory.path), { durable: false });
  machine = { ...opened, clock: () => new Date(Date.now() + ahead).toISOString() };
  const listening = await listen(application(machine), 0);
  server = listening.server;
  url = `http://127.0.0.1:${listening.port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  machine.close();
  directory.remove();
});
beforeEach(async () => {
  ahead = 0;
  till = await grantKey(machine)({ kind: 'signing', grant: { kind: 'source', name: 'till-7' } });
});

const seconds = (): number => Math.floor(Date.now() / 1_000);
const signed = (body: string | Uint8Array, { key, secret }: GrantedKey = till, time = seconds()): string =>
  signedBy({ id: key.id, secret, time }, body);

interface Told {
  readonly status: number;
  readonly code?: string;
  readonly serverTime?: number;
  readonly results?: readonly EventResult[];
}

async function send(authorization: string, body: string | Uint8Array<ArrayBuffer>): Promise<Told> {
  const answer = await fetch(`${url}/v1/events`, { method: 'POST', headers: { authorization }, body });
  return { ...((await answer.json()) as object), status: answer.status };
}

const statuses = ({ results = [] }: Told): string[] => results.map(({ status }) => status);

describe('a till that signs, over a socket', () => {
  it('sends as its source, and a request that is replayed changes nothing', async () => {
    const body = JSON.stringify([aReceipt(), aReceipt()]);
    const header = signed(body);

    const first = await send(header, body);
    const replayed = await send(header, body);

    expect([first.status, statuses(first)]).toEqual([202, ['accepted', 'accepted']]);
    expect([replayed.status, statuses(replayed)]).toEqual([202, ['duplicate', 'duplicate']]);
  });

  it('may send bytes that are no UTF-8, and hears of the content, not of the signature', async () => {
    const body = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);

    expect(await send(signed(body), body)).toMatchObject({ status: 400, code: 'malformed-json' });
  });

  it('is refused over a body that was altered on its way', async () => {
    const body = JSON.stringify(aReceipt({ amount: 1_000 }));

    expect(await send(signed(body), body.replace('1000', '9000'))).toMatchObject({
      status: 401,
      code: 'signature-refused',
    });
  });

  it('learns the time of the server when its clock is wrong', async () => {
    const body = JSON.stringify(aReceipt());

    const told = await send(signed(body, till, seconds() - 3_600), body);

    expect(told).toMatchObject({ status: 401, code: 'signature-expired' });
    expect(Math.abs((told.serverTime ?? 0) - seconds())).toBeLessThan(60);
  });

  it('is told to split what is too large, whatever it signed', async () => {
    expect(await send(signed('anything'), 'x'.repeat(1_000_001))).toMatchObject({
      status: 413,
      code: 'batch-too-large',
    });
  });

  it('is moved to a second key while the first still works, and then the first is shut out', async () => {
    const second = await grantKey(machine)({ kind: 'signing', grant: till.key.grant });
    const statusBy = async (key: GrantedKey): Promise<number> => {
      const body = JSON.stringify(aReceipt());
      const time = seconds() + ahead / 1_000;
      return (await send(signed(body, key, time), body)).status;
    };
    expect([await statusBy(till), await statusBy(second)]).toEqual([202, 202]);

    await revokeKey(machine)(till.key.id);
    ahead = 60_000;

    expect([await statusBy(till), await statusBy(second)]).toEqual([401, 202]);
  });

  it('does not see what people see', async () => {
    const answer = await fetch(`${url}/v1/segments`, { headers: { authorization: signed('') } });

    expect(answer.status).toBe(403);
  });
});

describe('a machine that cannot look keys up', () => {
  it('asks to send again, and writes of the failure without the key or the signature', async () => {
    const away = { ...machine.table, get: () => Promise.reject(new StoreUnavailable('The disk is full')) };
    const broken = await listen(application({ ...machine, table: away }), 0);
    onTestFinished(() => void broken.server.close());
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => written.mockRestore());

    for (const authorization of ['Bearer write_7f9c', signed('[]')]) {
      const answer = await fetch(`http://127.0.0.1:${broken.port}/v1/events`, {
        method: 'POST',
        headers: { authorization },
        body: '[]',
      });
      expect(answer.status).toBe(503);
    }

    const log = written.mock.calls.join('\n');
    expect(log).toContain('store-unavailable');
    expect(log).not.toMatch(/write_7f9c|signature=|HMAC/);
  });
});

describe('docs/sending.md', () => {
  const [, signing = ''] = readFileSync('docs/sending.md', 'utf8').split('## Signing');
  const block = (language: string): string =>
    new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(signing)?.[1] ?? '';

  it('shows by curl and openssl how to sign, and it works', async () => {
    const { stdout } = await promisify(execFile)('bash', ['-euc', block('sh')], {
      env: { ...process.env, LC_ALL: 'C.UTF-8', URL: url, KEY_ID: till.key.id, SECRET: till.secret },
    });

    expect(JSON.parse(stdout)).toEqual({
      results: [{ status: 'accepted', id: 'receipt/ams-01/till-3/000918/1' }],
    });
  });

  it('has an example to check an implementation by, and our own agrees', () => {
    const { key, secret, time, body, signature } = JSON.parse(block('json'));

    expect(createHmac('sha256', secret).update(`${time}.${key}.${body}`).digest('hex')).toBe(signature);
    expect(signedBy({ id: key, secret, time }, body)).toContain(`signature=${signature}`);
  });

  it.each(['unauthenticated', 'malformed-signature', 'signature-expired', 'signature-refused'])(
    'explains %s',
    (code) => {
      expect(signing).toContain(`\`${code}\``);
    },
  );
});
