import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../../../shared/application/http/access.ts';
import { grantKey, revokeKey } from '../../../../../shared/application/http/manage-keys.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { memoryMachine, NOW } from '../../../../support/memory-machine.ts';
import { signedBy } from '../../../../support/signed-by.ts';

const now = Date.parse(NOW) / 1_000;
const BODY = '{"type":"sale.recorded","note":"thé"}';
const grant = { kind: 'source', name: 'till-7' } as const;

async function aTill(expiresAt?: string) {
  const machine = memoryMachine();
  const { key, secret } = await grantKey(machine)({
    kind: 'signing',
    grant,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
  const ask = authenticate(machine);
  return {
    machine,
    id: key.id,
    secret,
    sign: (body: string | Uint8Array = BODY, time: number | string = now) =>
      signedBy({ id: key.id, secret, time }, body),
    who: (authorization: string, body: string | Uint8Array = BODY) => ask({ authorization, body }),
  };
}

const refused = (code: string) => ({ kind: 'nobody', refusal: { code } });

describe('a till that signs', () => {
  it('is let in as its source, by text and by bytes', async () => {
    const { id, sign, who } = await aTill();

    expect(await who(sign())).toEqual({ ...grant, key: id });
    expect(await who(sign(), Buffer.from(BODY))).toEqual({ ...grant, key: id });
  });

  it.each([
    ['an empty body', new Uint8Array()],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x7d])],
  ])('is let in with %s', async (_what, body) => {
    const { sign, who } = await aTill();

    expect(await who(sign(body), body)).toMatchObject(grant);
  });

  it.each([
    ['other case', (header: string) => header.replace(/^\S+/, 'clientele-hmac-sha256')],
    ['no spaces', (header: string) => header.replaceAll(', ', ',')],
    ['quotes', (header: string) => header.replace(/key=(\w+)/, 'key="$1"')],
    [
      'another order, and capital digits',
      (header: string) =>
        header.replace(
          / (key=\w+), (time=\d+), signature=(\w+)/,
          (_all, key, time, hex: string) => ` signature=${hex.toUpperCase()}, ${time}, ${key}`,
        ),
    ],
  ])('may write its header with %s', async (_what, rewrite) => {
    const { sign, who } = await aTill();

    expect(rewrite(sign())).not.toBe(sign());
    expect(await who(rewrite(sign()))).toMatchObject(grant);
  });

  it('may send the same request again within the window', async () => {
    const { machine, sign, who } = await aTill();
    const header = sign();

    machine.setClock(new Date((now + 200) * 1_000).toISOString());

    expect(await who(header)).toMatchObject(grant);
  });

  it.each([-300, 0, 300])('may have a clock that is %i seconds off', async (off) => {
    const { sign, who } = await aTill();

    expect(await who(sign(BODY, now + off))).toMatchObject(grant);
  });

  it.each([
    [-301, 'behind'],
    [301, 'ahead of'],
    [-40 * 365 * 86_400, 'behind'],
  ])('is told the time where its clock is %i seconds off', async (off, word) => {
    const { sign, who } = await aTill();

    expect(await who(sign(BODY, now + off))).toEqual({
      kind: 'nobody',
      refusal: {
        code: 'signature-expired',
        detail: expect.stringContaining(`${Math.abs(off)} seconds ${word} ours`),
        more: { serverTime: now },
      },
    });
  });

  it('is shut out when its key is revoked', async () => {
    const { machine, id, sign } = await aTill();

    await revokeKey(machine)(id);

    expect(await authenticate(machine)({ authorization: sign(), body: BODY })).toMatchObject(
      refused('signature-refused'),
    );
  });

  it('is shut out when its key has come to its end', async () => {
    const { machine, sign, who } = await aTill('2026-03-15T12:01:00Z');
    expect(await who(sign())).toMatchObject(grant);

    machine.setClock('2026-03-15T12:01:00.000Z');

    expect(await who(sign())).toMatchObject(refused('signature-refused'));
  });
});

describe('whoever changes a signed request', () => {
  it('is nobody, whatever byte of the body it was', async () => {
    const { sign, who } = await aTill();

    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (body, place, flip) => {
          const changed = body.with(place % body.length, (body[place % body.length] ?? 0) ^ flip);

          expect(await who(sign(body), body)).toMatchObject(grant);
          expect(await who(sign(body), changed)).toMatchObject(refused('signature-refused'));
        },
      ),
    );
  });

  it('is nobody with a byte more or less', async () => {
    const { sign, who } = await aTill();

    for (const body of [`${BODY} `, BODY.slice(0, -1), ` ${BODY}`, ''])
      expect(await who(sign(), body)).toMatchObject(refused('signature-refused'));
  });

  it('is nobody with another time, even within the window', async () => {
    const { sign, who } = await aTill();

    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -300, max: 300 }).filter((off) => off !== 0),
        async (off) => {
          const header = sign().replace(`time=${now}`, `time=${now + off}`);
          expect(await who(header)).toMatchObject(refused('signature-refused'));
        },
      ),
    );
    expect(await who(sign().replace('time=', 'time=0'))).toMatchObject(refused('signature-refused'));
  });

  it('is nobody with another character of the id or the signature', async () => {
    const { sign, who } = await aTill();
    const header = sign();
    const spots = [...header.matchAll(/[0-9a-f](?=[0-9a-f]*(, time|$))/g)].map(({ index }) => index);
    expect(spots).toHaveLength(16 + 64);

    for (const spot of spots) {
      const other = header[spot] === '0' ? '1' : '0';
      const changed = header.slice(0, spot) + other + header.slice(spot + 1);
      expect(await who(changed)).toMatchObject(refused('signature-refused'));
    }
  });

  it('cannot move the beginning of the body into the id, nor the id into the time', async () => {
    const { id, sign, who } = await aTill();
    const header = sign(`x.${BODY}`);

    expect(await who(header.replace(id, `${id}.x`), BODY)).toMatchObject(refused('malformed-signature'));
    expect(
      await who(header.replace(`time=${now}`, `time=${now}.${id}`).replace(`key=${id}`, 'key=x')),
    ).toMatchObject(refused('malformed-signature'));
  });
});

describe('whoever guesses', () => {
  it('cannot tell an unknown key from a wrong signature, and costs no read', async () => {
    const { machine, id } = await aTill();
    const table = { ...machine.table, get: () => Promise.reject(new StoreUnavailable('was asked')) };
    const who = authenticate({ ...machine, table });
    const forged = (key: string) => signedBy({ id: key, secret: 'a guess', time: now }, BODY);

    const known = await who({ authorization: forged(id), body: BODY });
    const unknown = await who({ authorization: forged('0123456789abcdef'), body: BODY });

    expect(known).toEqual(unknown);
    expect(known).toMatchObject(refused('signature-refused'));
  });

  it('gets nowhere with the secret of an id that was never granted', async () => {
    const { machine, who } = await aTill();
    const id = '0123456789abcdef';
    const header = signedBy({ id, secret: machine.keyring.signingSecret(id), time: now }, BODY);

    expect(await who(header)).toMatchObject(refused('signature-refused'));
  });

  it('gets nowhere with a signing key’s secret as a bearer key', async () => {
    const { secret, id, who } = await aTill();

    expect(await who(`Bearer ${secret}`)).toEqual({ kind: 'nobody' });
    expect(await who(`Bearer ${id}`)).toEqual({ kind: 'nobody' });
  });

  it('gets nowhere by signing under the id of a bearer key', async () => {
    const { machine, who } = await aTill();
    const { key } = await grantKey(machine)({ kind: 'bearer', grant });
    const secret = machine.keyring.signingSecret(key.id);

    expect(await who(signedBy({ id: key.id, secret, time: now }, BODY))).toMatchObject(
      refused('signature-refused'),
    );
  });
});

describe('a header that is no signature', () => {
  const hex = 'a'.repeat(64);
  it.each([
    ['no key', `time=${now}, signature=${hex}`, 'key is missing'],
    ['no time', `key=a, signature=${hex}`, 'time is missing'],
    ['no signature', `key=a, time=${now}`, 'signature is missing'],
    ['an empty key', `key=, time=${now}, signature=${hex}`, 'key takes the id'],
    ['milliseconds', `key=a, time=${now}000, signature=${hex}`, 'whole seconds'],
    ['a date', `key=a, time=2026-03-15T12:00:00Z, signature=${hex}`, 'whole seconds'],
    ['a time below zero', `key=a, time=-1, signature=${hex}`, 'whole seconds'],
    ['a signature in base64', `key=a, time=${now}, signature=${btoa('x'.repeat(32))}`, '64 digits'],
    ['a short signature', `key=a, time=${now}, signature=${hex.slice(1)}`, '64 digits'],
    ['a time twice', `key=a, time=${now}, time=${now}, signature=${hex}`, 'time stands there twice'],
    ['a foreign field', `key=a, time=${now}, signature=${hex}, constructor=x`, 'key, time and signature'],
    ['nothing', '', 'key, time and signature'],
    ['words', 'please let me in', 'key, time and signature'],
  ])('says what is wrong with it: %s', async (_what, fields, words) => {
    const { who } = await aTill();

    const caller = await who(`Clientele-HMAC-SHA256 ${fields}`);

    expect(caller).toMatchObject(refused('malformed-signature'));
    expect(JSON.stringify(caller)).toContain(words);
    expect(JSON.stringify(caller)).not.toContain(hex);
  });
});
