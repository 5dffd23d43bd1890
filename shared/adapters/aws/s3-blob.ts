import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { Blob } from '../../ports/blob.ts';
import { bytesToLines, linesToBytes } from '../lines.ts';

/** All parts but the last must have 5 MiB; 10,000 parts of this size make 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;

/** The stream in pieces of `PART_BYTES`, the last one shorter; at least one, which may be empty. */
async function* partsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    gathered.push(chunk);
    size += chunk.length;
    while (size > PART_BYTES) {
      const all = Buffer.concat(gathered);
      yield all.subarray(0, PART_BYTES);
      gathered = [all.subarray(PART_BYTES)];
      size -= PART_BYTES;
    }
  }
  yield Buffer.concat(gathered);
}

interface Target {
  readonly client: S3Client;
  readonly Bucket: string;
  readonly Key: string;
}

/** Nothing is seen before the last command; what was begun and not finished is given up. */
async function upload({ client, ...target }: Target, parts: AsyncIterable<Buffer>): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for await (const Body of parts) {
      const PartNumber = Parts.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }),
    );
  } catch (error) {
    // Where this fails too, the bucket's lifecycle removes the parts; the first error tells more.
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  }
}

async function* joined(head: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* rest;
}

/** The Blob port on an S3 bucket. */
export const s3Blob = (client: S3Client, Bucket: string): Blob => ({
  async write(Key, lines) {
    const parts = partsOf(linesToBytes(Key, lines));
    try {
      const first = await parts.next();
      const second = await parts.next();
      const Body = first.value ?? Buffer.of();
      if (second.done) await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      else await upload({ client, Bucket, Key }, joined([Body, second.value], parts));
    } finally {
      // Closes the source of a write that failed.
      await parts.return(undefined);
    }
  },

  async *read(Key) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key })).catch((error: unknown) => {
      throw error instanceof NoSuchKey ? new NotFound('blob', Key) : error;
    });
    // On Node the SDK always answers a stream of Node.
    if (Body instanceof Readable) yield* bytesToLines(Key, Body);
  },

  async list(Prefix) {
    const names: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
      names.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    }
    return names;
  },
});
