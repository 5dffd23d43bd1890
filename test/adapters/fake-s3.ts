import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';

/** As much of S3's HTTP interface as one bucket of ours needs, so that the real client talks to it. */
export interface FakeS3 {
  readonly client: S3Client;
  readonly bucket: string;
  /** The finished objects. */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Begun and neither finished nor given up. */
  readonly uploads: ReadonlyMap<string, readonly Buffer[]>;
  /** Names of the calls so far, such as UploadPart. */
  readonly calls: readonly string[];
  /** From now on such calls are answered by an error. */
  readonly fail: (call: string) => void;
  readonly stop: () => void;
}

const NAMES_PER_LIST = 2;

const callOf = ({ method }: IncomingMessage, query: URLSearchParams): string => {
  if (query.has('list-type')) return 'ListObjectsV2';
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (!query.has('uploadId')) return method === 'PUT' ? 'PutObject' : 'GetObject';
  if (method === 'DELETE') return 'AbortMultipartUpload';
  return method === 'PUT' ? 'UploadPart' : 'CompleteMultipartUpload';
};

const error = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;

/** A new server with an empty bucket. */
export async function fakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();
  const calls: string[] = [];
  const failing = new Set<string>();

  const list = (query: URLSearchParams): string => {
    const all = [...objects.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '')).sort();
    const from = all.filter((name) => name > (query.get('continuation-token') ?? ''));
    const names = from.slice(0, NAMES_PER_LIST);
    const more = from.length > names.length;
    const next = more ? `<NextContinuationToken>${names.at(-1)}</NextContinuationToken>` : '';
    const contents = names.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>`;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const name = decodeURIComponent(pathname.split('/').slice(2).join('/'));
    const id = searchParams.get('uploadId') ?? '';
    const call = callOf(request, searchParams);
    calls.push(call);
    const body = Buffer.concat(await request.toArray());
    if (failing.has(call)) return void response.writeHead(400).end(error('InvalidRequest'));
    response.setHeader('etag', `"${calls.length}"`);
    switch (call) {
      case 'PutObject':
        objects.set(name, body);
        return void response.end();
      case 'GetObject': {
        const object = objects.get(name);
        return void (object === undefined
          ? response.writeHead(404).end(error('NoSuchKey'))
          : response.end(object));
      }
      case 'ListObjectsV2':
        return void response.end(list(searchParams));
      case 'CreateMultipartUpload':
        uploads.set(name, []);
        return void response.end(`<R><UploadId>${name}</UploadId></R>`);
      case 'UploadPart':
        uploads.get(id)?.push(body);
        return void response.end();
      case 'CompleteMultipartUpload':
        objects.set(name, Buffer.concat(uploads.get(id) ?? []));
        uploads.delete(id);
        return void response.end('<R><ETag>"whole"</ETag></R>');
      default:
        uploads.delete(id);
        return void response.writeHead(204).end();
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    client,
    bucket: 'archive',
    objects,
    uploads,
    calls,
    fail: (call) => failing.add(call),
    stop: () => {
      client.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
