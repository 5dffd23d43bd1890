/** Calls a host over HTTP, as any shop or script would. */
export interface Client {
  /** The parsed answer; a status of 400 or more throws with the problem's own words. */
  call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T>;
}

export const client = (url: string, key: string): Client => ({
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (answer.ok) return content as T;
    const { detail = '', title = '' } = content as { detail?: string; title?: string };
    throw new Error(`${method} ${path} answered ${answer.status}: ${detail || title}`);
  },
});
