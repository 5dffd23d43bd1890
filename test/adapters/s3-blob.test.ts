import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { s3Blob } from '../../shared/adapters/aws/s3-blob.ts';
import { blobContract, linesOf } from '../contract/blob.contract.ts';
import { type FakeS3, fakeS3 } from './fake-s3.ts';

const started: FakeS3[] = [];

const start = async (): Promise<FakeS3> => {
  const s3 = await fakeS3();
  started.push(s3);
  return s3;
};

afterEach(() => {
  for (const s3 of started.splice(0)) s3.stop();
});

blobContract('the S3 blob', async () => {
  const { client, bucket } = await start();
  return s3Blob(client, bucket);
});

const MEBIBYTE = 1024 * 1024;
/** Lines of 1 MiB, one byte of which is the line feed. */
const mebibytes = (count: number) =>
  Array.from({ length: count }, (_, index) => String(index).padEnd(MEBIBYTE - 1, '.'));

describe('a file on S3', () => {
  it('is one put while it is small', async () => {
    const { client, bucket, calls } = await start();

    await s3Blob(client, bucket).write('small', mebibytes(8));

    expect(calls).toEqual(['PutObject']);
  });

  it('is sent in parts of 8 MiB when it is larger, and seen when the last one is there', async () => {
    const { client, bucket, calls, objects, uploads } = await start();
    const lines = mebibytes(18);

    await s3Blob(client, bucket).write('large', lines);

    expect(calls).toEqual([
      'CreateMultipartUpload',
      'UploadPart',
      'UploadPart',
      'UploadPart',
      'CompleteMultipartUpload',
    ]);
    expect(objects.get('large')?.length).toBe(18 * MEBIBYTE);
    expect(await linesOf(s3Blob(client, bucket), 'large')).toEqual(lines);
    expect(uploads.size).toBe(0);
  });

  it('is sent in parts of what gzip leaves of it', async () => {
    const { client, bucket, calls } = await start();
    const noise = Array.from({ length: 20 }, () => randomBytes(MEBIBYTE / 2).toString('hex'));

    await s3Blob(client, bucket).write('large.gz', noise);

    expect(calls.filter((call) => call === 'UploadPart')).toHaveLength(2);
    expect(await linesOf(s3Blob(client, bucket), 'large.gz')).toEqual(noise);
  });

  it('is given up when its source breaks after parts were sent', async () => {
    const { client, bucket, calls, objects, uploads } = await start();
    async function* breaking() {
      yield* mebibytes(20);
      throw new Error('the source broke');
    }

    await expect(s3Blob(client, bucket).write('large', breaking())).rejects.toThrow('the source broke');

    expect(calls.at(-1)).toBe('AbortMultipartUpload');
    expect([objects.size, uploads.size]).toEqual([0, 0]);
  });

  it.each(['UploadPart', 'CompleteMultipartUpload'])(
    'is given up when %s fails, and its source is told',
    async (call) => {
      const { client, bucket, objects, uploads, fail } = await start();
      fail(call);
      let closed = false;
      function* source() {
        try {
          yield* mebibytes(30);
        } finally {
          closed = true;
        }
      }

      await expect(s3Blob(client, bucket).write('large', source())).rejects.toMatchObject({
        name: 'InvalidRequest',
      });

      expect([objects.size, uploads.size]).toEqual([0, 0]);
      expect(closed).toBe(true);
    },
  );

  it('tells the first error when giving up fails too', async () => {
    const { client, bucket, fail } = await start();
    async function* breaking() {
      yield* mebibytes(17);
      throw new Error('the source broke');
    }
    fail('AbortMultipartUpload');

    await expect(s3Blob(client, bucket).write('large', breaking())).rejects.toThrow('the source broke');
  });

  it('passes on an error of reading that is no missing name', async () => {
    const { client, bucket, fail } = await start();
    fail('GetObject');

    await expect(linesOf(s3Blob(client, bucket), 'any')).rejects.toMatchObject({ name: 'InvalidRequest' });
  });
});
