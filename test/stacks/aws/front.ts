import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Message } from '../../../shared/contracts/messages.ts';
import { type ApiCall, callIn } from './calls.ts';

interface Needs {
  /** Where DynamoDB Local listens. */
  readonly dynamo: URL;
  /** Whether whoever runs now may make this call; S3 asks about another one to word its refusal. */
  readonly mayCall: (call: ApiCall) => boolean;
}

/** What functions did beyond DynamoDB. */
export interface Seen {
  readonly published: Message[];
  /** E-mails and text messages, as they were handed over. */
  readonly sent: unknown[];
  readonly objects: Map<string, Buffer>;
}

export interface Front {
  readonly url: string;
  readonly seen: Seen;
  readonly close: () => void;
}

/** The master secret of every stage here. */
export const MASTER = 'letters-and-digits-that-nobody-guesses-0123';

/**
 * One address for all of AWS: it asks for the right to every call, hands DynamoDB's on to DynamoDB Local, and
 * answers the others as far as our adapters read.
 */
export async function awsFront({ dynamo, mayCall }: Needs): Promise<Front> {
  const seen: Seen = { published: [], sent: [], objects: new Map() };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const body = Buffer.concat(await request.toArray());
    const call = callIn(request.method ?? '', url, request.headers, body);
    if (!mayCall(call)) return refuse(call, response);
    if (call.operation.startsWith('dynamodb:')) return handOn(dynamo, request, body, response);
    if (call.object !== undefined) return answerS3(call, seen.objects, mayCall, response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answerOf(call, seen)));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const code = 'AccessDeniedException';

function refuse({ operation, object }: ApiCall, response: ServerResponse): void {
  if (object !== undefined) {
    s3Error(response, 403, 'AccessDenied');
    return;
  }
  response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': code });
  response.end(JSON.stringify({ __type: code, message: `not authorized to perform: ${operation}` }));
}

function handOn(
  dynamo: URL,
  { method, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const onwards = httpRequest(dynamo, { method, headers: { ...headers, host: dynamo.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onwards.on('error', (error) => response.destroy(error));
  onwards.end(body);
}

function s3Error(response: ServerResponse, status: number, name: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${name}</Code><Message>${name}</Message></Error>`);
}

function answerS3(
  { operation, body, object }: ApiCall,
  objects: Map<string, Buffer>,
  mayCall: Needs['mayCall'],
  response: ServerResponse,
): void {
  const { bucket = '', key = '' } = object ?? {};
  if (operation === 's3:PutObject') {
    objects.set(key, body);
    response.end();
    return;
  }
  const found = objects.get(key);
  if (found !== undefined) {
    response.end(found);
    return;
  }
  // Who may not list a bucket is not told what is not in it.
  const mayKnow = mayCall({ operation: 's3:ListBucket', body, object: { bucket, key: '' } });
  s3Error(response, mayKnow ? 404 : 403, mayKnow ? 'NoSuchKey' : 'AccessDenied');
}

interface Entry {
  readonly DetailType: string;
  readonly Detail: string;
}

function answerOf({ operation, body }: ApiCall, { published, sent }: Seen): object {
  switch (operation) {
    case 'secretsmanager:GetSecretValue':
      return { SecretString: MASTER };
    case 'events:PutEvents':
      published.push(
        ...body.Entries.map(({ DetailType, Detail }: Entry) => ({
          name: DetailType,
          detail: JSON.parse(Detail),
        })),
      );
      return { FailedEntryCount: 0, Entries: body.Entries.map(() => ({ EventId: 'e' })) };
    default:
      sent.push(body);
      return { MessageId: `r-${sent.length}` };
  }
}
