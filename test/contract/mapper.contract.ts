import { describe, expect, it } from 'vitest';
import type { Mapper } from '../../shared/ports/mapper.ts';

/** `open` gives a mapper that stops what runs longer than a few seconds. */
export function mapperContract(adapter: string, open: () => Mapper): void {
  describe(`${adapter} obeys the mapper laws`, () => {
    describe('law 1: a mapping makes data of data', () => {
      const order = { headers: {}, body: { no: 7, lines: [{ sku: 'A', price: '19.99' }, { sku: 'B' }] } };

      it.each([
        ['{ "id": "o-" & body.no, "skus": body.lines.sku }', { id: 'o-7', skus: ['A', 'B'] }],
        ['body.lines.{ "sku": sku }', [{ sku: 'A' }, { sku: 'B' }]],
        ['$round($number(body.lines[0].price) * 100)', 1_999],
        ['body.absent', undefined],
        ['null', null],
        ['{ "f": function($x) { $x }, "a": 1 }', { a: 1 }],
        ['{ "__proto__": { "admin": true } }.admin', undefined],
      ])('%s', async (expression, made) => {
        expect(await open().map(expression, order)).toEqual(made);
      });

      it('in any number at once, each its own', async () => {
        const mapper = open();

        const made = await Promise.all(
          Array.from({ length: 20 }, (_, n) => mapper.map('body.n * 2', { body: { n } })),
        );

        expect(made).toEqual(Array.from({ length: 20 }, (_, n) => n * 2));
      });
    });

    describe('law 2: what cannot be read', () => {
      it.each([
        ['{ "a":', 'line 1, character 6'],
        ['{\n  "a": body.(', 'line 2, character 13'],
        ['"open', 'line 1, character 5'],
        ['/(/', undefined],
        ['('.repeat(15_000), undefined],
      ])('is refused with the place: %.20s', async (expression, place) => {
        const said = expect.stringContaining(place ?? 'mapping: ');

        await expect(open().check(expression)).rejects.toMatchObject({
          code: 'mapping-invalid',
          path: 'mapping',
          message: said,
        });
      });

      it('and what can is not run', async () => {
        await expect(open().check('$error("ran")')).resolves.toBeUndefined();
      });
    });

    describe('law 3: a mapping that goes wrong', () => {
      it.each([
        ['fails', '$error("no such order")', 'mapping-failed'],
        ['calls what is not there', '$sendMail("a")', 'mapping-failed'],
        ['runs for ever', '($f := function($n) { $f($n + 1) }; $f(1))', 'mapping-too-long'],
        ['goes ever deeper', '($f := function($n) { 1 + $f($n + 1) }; $f(1))', 'mapping-too-long'],
        ['tries every way', `$match("${'a'.repeat(50)}!", /^(a+)+$/)`, 'mapping-too-long'],
        ['counts too far', '[1..9000000]', 'mapping-too-large'],
        ['pads a text beyond its memory', '$pad("", 100000000, "x")', 'mapping-too-large'],
        ['makes more than a request holds', '$pad("", 2000000, "x")', 'mapping-too-large'],
      ])('is told so when it %s, and the next one runs', async (_what, expression, code) => {
        const mapper = open();

        const [wrong, next] = await Promise.allSettled([mapper.map(expression, {}), mapper.map('1 + 1', {})]);

        expect(wrong).toMatchObject({ status: 'rejected', reason: { code } });
        expect(next).toEqual({ status: 'fulfilled', value: 2 });
      });

      it('does not repeat all that it choked on', async () => {
        const body = 'x'.repeat(100_000);

        const [wrong] = await Promise.allSettled([open().map('$number(body)', { body })]);

        expect(String((wrong as PromiseRejectedResult).reason.message).length).toBeLessThan(1_000);
      });

      it('does not hold up this process', async () => {
        let ticks = 0;
        const clock = setInterval(() => {
          ticks += 1;
        }, 10);

        await open()
          .map(`$match("${'a'.repeat(50)}!", /^(a+)+$/)`, {})
          .catch(() => undefined);
        clearInterval(clock);

        expect(ticks).toBeGreaterThan(10);
      });
    });

    describe('law 4: a mapping is alone with its input', () => {
      it.each([
        '$now()',
        '$millis()',
        '$random()',
        '$shuffle([1, 2])',
        '$eval("1")',
        '$process()',
        '$require("fs")',
      ])('%s is not there', async (expression) => {
        await expect(open().map(expression, {})).rejects.toMatchObject({ code: 'mapping-failed' });
      });

      it.each([
        '$string.constructor',
        '$.constructor.constructor("return process")()',
        '"".__proto__',
        'constructor',
        'body.constructor',
      ])('%s leads nowhere', async (expression) => {
        expect(await open().map(expression, { body: {} })).toBeUndefined();
      });

      it('leaves nothing behind for another one', async () => {
        const mapper = open();
        const planted = { planted: true };
        await mapper.map('$ ~> |$|{ "__proto__": body, "constructor": { "prototype": body } }|', {
          body: planted,
        });
        await mapper.map('$merge([{ "__proto__": body }, { "a": 1 }])', { body: planted });
        await mapper.map('($kept := 1)', {});

        expect(await mapper.map('[planted, body.planted, $kept]', { body: {} })).toEqual([]);
        expect(({} as Record<string, unknown>)['planted']).toBeUndefined();
      });
    });
  });
}
