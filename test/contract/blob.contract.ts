import { describe, expect, it } from 'vitest';
import type { Blob } from '../../shared/ports/blob.ts';

export async function linesOf(blob: Blob, name: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of blob.read(name)) lines.push(line);
  return lines;
}

async function* breakingAfter(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
  throw new Error('the source broke');
}

/** `open` gives a blob with nothing in it. */
export function blobContract(adapter: string, open: () => Promise<Blob>): void {
  describe.each(['folder/file.ndjson', 'folder/file.ndjson.gz'])(
    `${adapter} obeys the blob laws for %s`,
    (name) => {
      it.each<readonly [string, readonly string[]]>([
        ['no lines', []],
        ['an empty line', ['']],
        ['empty lines around others', ['', 'a', '', '']],
        [
          'every kind of character but a line feed',
          ['\uFEFFmark', 'Zoë 🛒', 'a\u2028b\u2029c', 'a\rb\r', '{"n":"\\n"}'],
        ],
      ])('answers %s as they were written', async (_, lines) => {
        const blob = await open();

        await blob.write(name, lines);

        expect(await linesOf(blob, name)).toEqual(lines);
      });

      it('streams many lines in order, from an asynchronous source', async () => {
        const blob = await open();
        const count = 60_000;
        const line = (index: number) =>
          `{"index":${index},"name":"Zoë ${index} 🛒 ${'x'.repeat(index % 200)}"}`;
        async function* source() {
          for (let index = 0; index < count; index += 1) yield line(index);
        }

        await blob.write(name, source());

        let index = 0;
        for await (const found of blob.read(name)) {
          if (found !== line(index)) expect(found).toBe(line(index));
          index += 1;
        }
        expect(index).toBe(count);
      });

      it('answers the last of several writes', async () => {
        const blob = await open();

        await blob.write(name, ['first', 'longer']);
        await blob.write(name, ['second']);

        expect(await linesOf(blob, name)).toEqual(['second']);
      });

      it('shows nothing of a write whose source broke, and keeps what was there', async () => {
        const blob = await open();
        await blob.write(name, ['old']);
        const other = name.replace('file', 'other');

        await expect(blob.write(name, breakingAfter(['half']))).rejects.toThrow('the source broke');
        await expect(blob.write(other, breakingAfter(['half']))).rejects.toThrow('the source broke');

        expect(await linesOf(blob, name)).toEqual(['old']);
        expect(await blob.list('')).toEqual([name]);
      });

      it('refuses a line with a line feed', async () => {
        const blob = await open();

        await expect(blob.write(name, ['a', 'b\nc'])).rejects.toMatchObject({
          code: 'line-feed',
          path: name,
        });
        expect(await blob.list('')).toEqual([]);
      });

      it('says when there is no such name', async () => {
        const blob = await open();

        await expect(linesOf(blob, name)).rejects.toMatchObject({ code: 'not-found' });
      });

      it('lets a reader leave early', async () => {
        const blob = await open();
        await blob.write(
          name,
          Array.from({ length: 20_000 }, (_, index) => `line ${index}`),
        );

        for await (const line of blob.read(name)) {
          expect(line).toBe('line 0');
          break;
        }
        await blob.write(name, ['after']);

        expect(await linesOf(blob, name)).toEqual(['after']);
      });
    },
  );

  describe(`${adapter} lists names`, () => {
    it('that begin with the prefix, in order, folders or not', async () => {
      const blob = await open();
      for (const name of ['b/2', 'b/10', 'a/x/y.gz', 'bb', 'top']) await blob.write(name, [name]);

      expect(await blob.list('')).toEqual(['a/x/y.gz', 'b/10', 'b/2', 'bb', 'top']);
      expect(await blob.list('b')).toEqual(['b/10', 'b/2', 'bb']);
      expect(await blob.list('b/')).toEqual(['b/10', 'b/2']);
      expect(await blob.list('none')).toEqual([]);
    });
  });
}
