import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InvalidInput, NotFound } from '../../domain/kernel/errors.ts';
import type { Blob } from '../../ports/blob.ts';
import { bytesToLines, linesToBytes } from '../lines.ts';

/** Where files grow until they are finished; no name of a blob begins with a dot. */
const UNFINISHED = '.unfinished';

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

function pathOf(directory: string, name: string): string {
  const pieces = name.split('/');
  if (pieces.some((piece) => piece === '' || piece.startsWith('.') || piece.includes('\\'))) {
    throw new InvalidInput(
      'invalid-name',
      'name',
      `'${name}' is no blob name; use folders and a file such as archive/2026-03-01.ndjson.gz`,
    );
  }
  return join(directory, ...pieces);
}

/** Forces a file or folder to the disk, so that a name never points at lost contents after a power cut. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The Blob port on a directory. A name cannot be another name's folder. */
export const fileBlob = (directory: string): Blob => ({
  async write(name, lines) {
    const path = pathOf(directory, name);
    const growing = join(directory, UNFINISHED, randomUUID());
    await mkdir(dirname(path), { recursive: true });
    await mkdir(dirname(growing), { recursive: true });
    try {
      await pipeline(linesToBytes(name, lines), createWriteStream(growing));
      await sync(growing);
      await rename(growing, path);
      await sync(dirname(path));
    } finally {
      await rm(growing, { force: true });
    }
  },

  async *read(name) {
    try {
      yield* bytesToLines(name, createReadStream(pathOf(directory, name)));
    } catch (error) {
      throw isAbsent(error) ? new NotFound('blob', name) : error;
    }
  },

  async list(prefix) {
    // Whole folders of the prefix are walked into at once: an archive of years has very many others.
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const start = folder === '' ? directory : pathOf(directory, folder.slice(0, -1));
    const found = await readdir(start, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((name) => name.startsWith(prefix) && !name.startsWith('.'))
      .sort();
  },
});
