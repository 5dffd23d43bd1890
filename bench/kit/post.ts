import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export type Call = (method: 'GET' | 'POST', path: string, body?: string) => Promise<Answer>;

/** Calls one host with one key over so many connections, which stay open as those of tills and counters do. */
export function connections(url: string, key: string, count: number): Call {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  return (method, path, body = '') =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const call = request(`${url}${path}`, { method, agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.once('error', reject);
      });
      call.once('error', reject);
      call.end(body);
    });
}
