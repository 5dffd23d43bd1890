import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileId } from '../../shared/domain/kernel/ids.ts';
import type { Keyring } from '../../shared/ports/keyring.ts';

/** Keyrings over one store: the first two under one master secret, `foreign` under another. */
export interface KeyringsUnderTest {
  readonly ring: Keyring;
  readonly twin: Keyring;
  readonly foreign: Keyring;
}

const KINDS = ['member', 'phone', 'email', 'device'] as const;

export function keyringContract(adapter: string, open: () => Promise<KeyringsUnderTest>): void {
  describe(`${adapter} obeys the keyring laws`, () => {
    describe('law 1: ids of identifiers', () => {
      it('are equal for equal input, whoever asks', async () => {
        const { ring, twin } = await open();

        fc.assert(
          fc.property(fc.constantFrom(...KINDS), fc.string({ unit: 'binary' }), (kind, value) => {
            const id = ring.profileId(kind, value);
            expect(ProfileId.safeParse(id).success, id).toBe(true);
            expect(twin.profileId(kind, value)).toBe(id);
          }),
        );
      });

      it('differ for other kinds, other values and other master secrets', async () => {
        const { ring, foreign } = await open();
        const ids = [ring, foreign].flatMap(({ profileId }) =>
          KINDS.flatMap((kind) =>
            ['1', '2', '', 'phone:1'].map((value) => profileId(kind, value).slice(-26)),
          ),
        );

        expect(new Set(ids).size).toBe(ids.length);
      });
    });

    describe('law 2: what was sealed', () => {
      it('is opened for its owner, whoever asks', async () => {
        const { ring, twin } = await open();

        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
            expect(await twin.open('owner', await ring.seal('owner', text))).toBe(text);
          }),
          { numRuns: 25 },
        );
      });

      it('holds no trace of the text', async () => {
        const { ring } = await open();

        const sealed = await ring.seal('owner', 'zoe@example.com');

        expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('zoe');
        expect(sealed).toMatch(/^[\w.-]+$/);
      });

      it('is not opened for another owner, with a key or without', async () => {
        const { ring } = await open();
        const sealed = await ring.seal('owner', 'secret');
        await ring.seal('other', 'text');

        await expect(ring.open('other', sealed)).rejects.toMatchObject({ code: 'not-found' });
        await expect(ring.open('nobody', sealed)).rejects.toMatchObject({ code: 'not-found' });
      });

      it('is not opened when a character was changed, cut or added', async () => {
        const { ring } = await open();
        const sealed = await ring.seal('owner', 'secret');
        const start = sealed.indexOf('.') + 1;

        for (let index = start; index < sealed.length - 1; index += 1) {
          const changed = sealed.charAt(index) === 'A' ? 'B' : 'A';
          const broken = sealed.slice(0, index) + changed + sealed.slice(index + 1);
          await expect(ring.open('owner', broken)).rejects.toMatchObject({ code: 'cannot-open' });
        }
        await expect(ring.open('owner', sealed.slice(0, -2))).rejects.toMatchObject({ code: 'cannot-open' });
        await expect(ring.open('owner', sealed.slice(0, start))).rejects.toMatchObject({
          code: 'cannot-open',
        });
        await expect(ring.open('owner', `${sealed}AAAA`)).rejects.toMatchObject({ code: 'cannot-open' });
      });

      it.each(['', '.', 'plain text', 'a.b.c'])('is not "%s"', async (text) => {
        const { ring } = await open();
        await ring.seal('owner', 'secret');

        await expect(ring.open('owner', text)).rejects.toMatchObject({ code: 'not-found' });
      });

      it('is not opened under another master secret', async () => {
        const { ring, foreign } = await open();
        const sealed = await ring.seal('owner', 'secret');

        await expect(foreign.open('owner', sealed)).rejects.toMatchObject({ code: 'wrong-master' });
      });

      it('is opened by all who sealed at once for a new owner', async () => {
        const { ring, twin } = await open();
        const rings = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? ring : twin));

        const sealed = await Promise.all(rings.map((each, index) => each.seal('owner', `text ${index}`)));

        const texts = await Promise.all(sealed.map((each) => ring.open('owner', each)));
        expect(texts).toEqual(rings.map((_, index) => `text ${index}`));
      });
    });

    describe('law 3: after forget', () => {
      it('nothing sealed before is opened, not even when the owner has a new key', async () => {
        const { ring } = await open();
        const before = await ring.seal('owner', 'old');
        const bystander = await ring.seal('other', 'kept');

        await ring.forget('owner');
        await expect(ring.open('owner', before)).rejects.toMatchObject({ code: 'not-found' });
        const after = await ring.seal('owner', 'new');

        await expect(ring.open('owner', before)).rejects.toMatchObject({ code: 'not-found' });
        expect(await ring.open('owner', after)).toBe('new');
        expect(await ring.open('other', bystander)).toBe('kept');
      });

      it('a reader that was on its way does not bring the key back', async () => {
        const { ring, twin } = await open();
        const sealed = await twin.seal('owner', 'old');

        const reading = ring.open('owner', sealed).catch(() => 'too late');
        await ring.forget('owner');
        await reading;

        await expect(ring.open('owner', sealed)).rejects.toMatchObject({ code: 'not-found' });
      });

      it('an owner without a key may be forgotten', async () => {
        const { ring } = await open();

        await expect(ring.forget('nobody')).resolves.toBeUndefined();
      });
    });

    describe('law 4: sealing', () => {
      it('gives another text each time', async () => {
        const { ring } = await open();

        const sealed = await Promise.all(Array.from({ length: 50 }, () => ring.seal('owner', 'same')));

        expect(new Set(sealed).size).toBe(50);
      });
    });

    describe('law 5: signatures', () => {
      it('are HMAC-SHA256 under the text of the secret, whoever works them out', async () => {
        const { ring, twin } = await open();

        fc.assert(
          fc.property(fc.string(), fc.uint8Array({ maxLength: 300 }), (keyId, message) => {
            const secret = twin.signingSecret(keyId);

            expect(secret).toMatch(/^[0-9a-f]{64}$/);
            expect(ring.signature(keyId, message)).toBe(
              createHmac('sha256', secret).update(message).digest('hex'),
            );
          }),
        );
      });

      it('are others for other keys and other master secrets, and no digest gives a secret away', async () => {
        const { ring, foreign } = await open();
        const ids = ['', 'a', 'b', 'aa'];

        const texts = [ring, foreign].flatMap((each) =>
          ids.flatMap((id) => [each.signingSecret(id), each.secretDigest(id)]),
        );

        expect(new Set(texts).size).toBe(texts.length);
      });
    });

    describe('law 6: new secrets', () => {
      it('are never the same, and can stand in a header', async () => {
        const { ring, twin } = await open();

        const secrets = Array.from({ length: 200 }, (_, index) => (index % 2 ? ring : twin).newSecret());

        expect(new Set(secrets).size).toBe(200);
        for (const secret of secrets) expect(secret).toMatch(/^[\w-]{32}$/);
      });
    });

    describe('law 7: the HMAC of others', () => {
      it('is that of any other library, in both writings', async () => {
        const { ring } = await open();
        const [secret, text] = ['shpss_ä1', '{"id":1,"name":"Zoë"}'];

        for (const encoding of ['hex', 'base64'] as const) {
          const expected = createHmac('sha256', secret).update(text).digest(encoding);
          expect(ring.hmac(secret, text, encoding)).toBe(expected);
        }
      });
    });

    describe('digests', () => {
      it('of secrets depend on the master secret', async () => {
        const { ring, twin, foreign } = await open();
        const digest = ring.secretDigest('write-key');

        expect(twin.secretDigest('write-key')).toBe(digest);
        expect(new Set([digest, foreign.secretDigest('write-key'), ring.secretDigest('other')]).size).toBe(3);
      });

      it('are compared as texts are', async () => {
        const { ring } = await open();

        expect(ring.sameDigest('abc', 'abc')).toBe(true);
        expect(ring.sameDigest('abc', 'abd')).toBe(false);
        expect(ring.sameDigest('abc', 'abcd')).toBe(false);
        expect(ring.sameDigest('', '')).toBe(true);
      });
    });
  });
}
