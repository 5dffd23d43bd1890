export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A deployed product, as its callers see it: an address, a source's key and a person's. */
export interface Target {
  readonly url: string;
  readonly writeKey: string;
  readonly send: <T = Record<string, unknown>>(events: unknown, key?: string) => Promise<Answer<T>>;
  readonly ask: <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ) => Promise<Answer<T>>;
}

interface Keys {
  readonly writeKey: string;
  /** Of a person: an access key, or a token. */
  readonly accessKey: string;
}

export const target = (url: string, { writeKey, accessKey }: Keys): Target => {
  const call = async <T>(method: string, path: string, body: unknown, key: string): Promise<Answer<T>> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: key === '' ? {} : { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T };
  };
  return {
    url,
    writeKey,
    send: (events, key = writeKey) => call('POST', '/v1/events', events, key),
    ask: (method, path, body, key = accessKey) => call(method, path, body, key),
  };
};
