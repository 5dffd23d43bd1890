import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { clientele, clienteleJson } from '../support/command-line.ts';
import { startLocalHost, temporaryDirectory } from '../support/local-host.ts';

const demonstration = temporaryDirectory();
const bare = temporaryDirectory();
afterAll(() => {
  demonstration.remove();
  bare.remove();
});

interface Report {
  readonly audience: number;
  readonly sent: number;
  readonly heldOut: number;
  readonly refused: Readonly<Record<string, number>>;
}

/** Starts the sample year and ends it soon after it has begun. */
async function breakOff(signal: NodeJS.Signals): Promise<{ code: number | null; stderr: string }> {
  const child = execFile(process.execPath, ['local/main.ts'], {
    env: { ...process.env, CLIENTELE_DATA: demonstration.path, PORT: '0' },
  });
  let stderr = '';
  child.stderr?.on('data', (text: string) => {
    stderr += text;
  });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  setTimeout(() => child.kill(signal), 1_500);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, stderr };
}

describe('the first start', () => {
  it('stopped and killed in the middle of the sample year, goes on at the next start and doubles nothing', async () => {
    expect(await breakOff('SIGINT')).toEqual({ code: 0, stderr: '' });
    expect(await breakOff('SIGKILL')).toMatchObject({ code: null });

    const host = await startLocalHost(demonstration.path, { args: [] });

    expect(host.output()).toMatch(/Customers: \d+, of them \d+ have bought/);
    expect(host.output()).toMatch(/champions/);
    expect(host.output()).toMatch(/Likely to stay away for 90 days: high [1-9]/);
    expect(host.output()).toMatch(/no-consent [1-9]/);
    const { body: report } = await host.ask<Report>('GET', '/v1/campaigns/we-miss-you/report');
    const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    expect(report.audience).toBe(report.sent + report.heldOut + refused);
    expect(Math.min(report.sent, report.heldOut, refused)).toBeGreaterThan(0);
    expect(await host.stop()).toBe(0);
  });

  it('leaves data that the second start finds and does not make again', async () => {
    const before = await clienteleJson<{ stateHash: string }>(demonstration.path, 'status');

    const host = await startLocalHost(demonstration.path, { args: [] });

    expect(host.output()).not.toMatch(/No data yet/);
    expect(host.output()).toMatch(/Customers: /);
    expect(await host.stop()).toBe(0);
    expect(await clienteleJson(demonstration.path, 'status')).toEqual(before);
  });

  it('is told that a night of an earlier day counts from now on, and how to go back', async () => {
    const before = await clienteleJson<{ asOf: string }>(
      demonstration.path,
      'night',
      '--as-of',
      '2026-03-14',
    );
    expect(before.asOf).toBe('2026-03-14');

    const { stderr: forth } = await clientele(demonstration.path, 'night', '--as-of', '2026-03-15');
    const { stderr: back } = await clientele(demonstration.path, 'night', '--as-of', '2026-03-14');

    expect(forth).toBe('');
    expect(back).toBe(
      'The night of 2026-03-15 counted; now that of 2026-03-14 does, until a later one is run: night --as-of 2026-03-15\n',
    );
  });

  it('with --empty starts bare', async () => {
    const host = await startLocalHost(bare.path);

    expect((await host.ask('GET', '/health', undefined, '')).body).toEqual({ status: 'ok' });
    expect(await host.stop()).toBe(0);
    expect(await clienteleJson(bare.path, 'status')).toMatchObject({ customers: 0, facts: {} });
  });

  it('serves the description and the pages to try it out', async () => {
    const host = await startLocalHost(bare.path);

    expect((await host.ask('GET', '/openapi.json', undefined, '')).body).toMatchObject({ openapi: '3.1.0' });
    for (const page of ['/docs', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js']) {
      expect((await fetch(`${host.url}${page}`)).status).toBe(200);
    }
    await host.stop();
  });
});

const startFailing = (env: Record<string, string>): Promise<{ code: unknown; stderr: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['local/main.ts', '--empty'],
      { env: { ...process.env, CLIENTELE_DATA: bare.path, ...env } },
      (error, _stdout, stderr) => resolve({ code: error?.code, stderr }),
    );
  });

describe('a start that cannot be', () => {
  it('on a taken port makes nothing, so that the next one is still the first', async () => {
    const host = await startLocalHost(bare.path);
    const next = `${bare.path}/next`;
    const { code } = await startFailing({ PORT: new URL(host.url).port, CLIENTELE_DATA: next });
    await host.stop();

    expect(code).toBe(1);
    expect(existsSync(next)).toBe(false);
  });

  it('says in one line what is wrong with the data directory', async () => {
    const file = `${bare.path}/stage.json`;
    const { code, stderr } = await startFailing({ CLIENTELE_DATA: file, PORT: '0' });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^.*stage\.json cannot be a data directory: .*\n$/);
  });

  it('says in one line that the port is taken', async () => {
    const host = await startLocalHost(bare.path);
    const { code, stderr } = await startFailing({ PORT: new URL(host.url).port });
    await host.stop();

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The port is taken; choose another: PORT=8788 npm start\n',
    });
  });

  it('says in one line that the port is no number', async () => {
    expect(await startFailing({ PORT: 'http' })).toEqual({
      code: 1,
      stderr: "PORT is 'http'; give a number from 0 to 65535\n",
    });
  });
});

describe('the command line', () => {
  it.each([
    [['status', '--help']],
    [['night', '--help']],
    [['import', 'receipts', '--help']],
    [['export', 'customers', '--help']],
  ])('explains %j', async (args) => {
    const { code, stdout } = await clientele(bare.path, ...args);

    expect(code).toBe(0);
    expect(stdout).toMatch(/Usage: clientele/);
  });

  it.each([
    ['a date that is none', ['night', '--as-of', '2026-02-30'], /'2026-02-30' is no date/],
    ['a date that has not come', ['night', '--as-of', '2099-01-01'], /^as-of-in-future: /],
    [
      'a file that is not there',
      ['import', 'receipts', 'no.csv', '--map', 'online-retail'],
      /^not-found: .*no\.csv/,
    ],
    [
      'a mapping that is not there',
      ['import', 'receipts', 'package.json', '--map', 'no.json'],
      /^not-found: .*no\.json/,
    ],
    ['an unknown command', ['statsu'], /unknown command 'statsu'/],
  ])('answers %s with one clear line and an exit code', async (_what, args, message) => {
    const { code, stderr } = await clientele(bare.path, ...args);

    expect(code).toBe(1);
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('('))[0],
    ).toMatch(message);
  });

  it('makes no directory for a command that only reads', async () => {
    const { code, stderr } = await clientele(`${bare.path}/nowhere`, 'status');

    expect(code).toBe(1);
    expect(stderr).toMatch(/^no-data: /);
  });
});
