import { expect, it } from 'vitest';
import { describeApi } from '../../../../../shared/application/http/describe-api.ts';

it('makes the description of the API once, however often anybody asks for it', async () => {
  const api = describeApi();
  const request = {
    params: undefined,
    query: undefined,
    body: undefined,
    caller: { kind: 'nobody' },
  } as const;

  const [first, second] = [await api.describe(request), await api.describe(request)];

  expect(first.body).toMatchObject({ openapi: '3.1.0' });
  expect(second.body).toBe(first.body);
});
