import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a function to a service of AWS, as it comes by. */
export interface Call {
  /** `TransactWriteItems`, `PutEvents`; where a service has paths instead, `GET /bucket/key`. */
  readonly operation: string;
  readonly body: string;
  /** The caller's end of the connection. */
  readonly port: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Has the call carried out as it came: its signature covers every byte. */
export type Pass = () => Promise<Reply>;

/** What becomes of a call; undefined: the caller hears nothing, and its connection ends. */
export type Fault = (call: Call, pass: Pass) => Promise<Reply | undefined>;

export interface Rule {
  readonly on: string | RegExp;
  /** Asked once for each call that `on` fits; may draw lots. */
  readonly where?: (call: Call) => boolean;
  /** For so many calls; then they pass. */
  readonly times?: number;
  readonly fault: Fault;
}

/** A rule at work. */
export interface Planted {
  /** Calls that met the fault so far. */
  readonly hits: () => number;
  readonly remove: () => void;
}

export interface FaultProxy {
  readonly url: string;
  readonly port: number;
  /** The first rule that fits a call decides; where none does, it passes. */
  readonly plant: (rule: Rule) => Planted;
  /** How many calls came by, with or without a fault. */
  readonly count: (on: string | RegExp) => number;
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

/** Stands between functions and the services at `target`, and does nothing until a rule is planted. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const rules = new Set<{ readonly rule: Rule; hits: number }>();
  const counts = new Map<string, number>();

  const ruleFor = (call: Call) =>
    [...rules].find(
      ({ rule, hits }) =>
        fits(rule.on, call.operation) &&
        hits < (rule.times ?? Number.POSITIVE_INFINITY) &&
        (rule.where?.(call) ?? true),
    );

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const bytes = await bytesOf(incoming);
    const call = callOf(incoming, bytes);
    counts.set(call.operation, (counts.get(call.operation) ?? 0) + 1);
    const pass: Pass = () => forwarded(target, incoming, bytes);
    const planted = ruleFor(call);
    if (planted !== undefined) planted.hits += 1;
    const reply = await (planted === undefined ? pass() : planted.rule.fault(call, pass));
    if (reply === undefined) incoming.socket.destroy();
    else
      outgoing
        .writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length })
        .end(reply.body);
  };

  const server = createServer((incoming, outgoing) => {
    // A caller that is gone, or services that are: then there is nobody to answer, or nothing.
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    plant(rule) {
      const planted = { rule, hits: 0 };
      rules.add(planted);
      return { hits: () => planted.hits, remove: () => rules.delete(planted) };
    },
    count: (on) =>
      [...counts].reduce((sum, [operation, count]) => (fits(on, operation) ? sum + count : sum), 0),
    clear() {
      rules.clear();
      counts.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const fits = (on: string | RegExp, operation: string): boolean =>
  typeof on === 'string' ? on === operation : on.test(operation);

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function callOf({ headers, method, url, socket }: IncomingMessage, bytes: Buffer): Call {
  const target = headers['x-amz-target'];
  return {
    operation:
      typeof target === 'string' ? (target.split('.').at(-1) ?? '') : `${method} ${url?.split('?', 1)[0]}`,
    body: bytes.toString(),
    port: socket.remotePort ?? 0,
  };
}

async function forwarded(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Reply> {
  // The host stays ours, since it was signed.
  const { connection: _hop, 'transfer-encoding': _chunks, expect: _asked, ...rest } = headers;
  const passed = request(new URL(url ?? '/', target), {
    method: method ?? 'GET',
    headers: { ...rest, 'content-length': String(body.length) },
  });
  passed.end(body);
  const [answered] = (await once(passed, 'response')) as [IncomingMessage];
  return {
    status: answered.statusCode ?? 502,
    headers: Object.fromEntries(
      Object.entries(answered.headers).flatMap(([name, value]) =>
        value === undefined || name === 'transfer-encoding' || name === 'connection'
          ? []
          : [[name, String(value)]],
      ),
    ),
    body: await bytesOf(answered),
  };
}
