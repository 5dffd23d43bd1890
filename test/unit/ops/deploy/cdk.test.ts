import { describe, expect, it } from 'vitest';
import { cdkSilently } from '../../../../ops/deploy/cdk.ts';

describe('the command line of the CDK', () => {
  it('is there', async () => {
    await expect(cdkSilently('--version')).resolves.toBeUndefined();
  });

  it('tells what it said when it fails', async () => {
    await expect(cdkSilently('deploy', '--app', '/nowhere', '--no-such-option')).rejects.toMatchObject({
      code: 'cdk-failed',
      message: expect.stringMatching(/cdk deploy --app \/nowhere --no-such-option ended with 1:\n./),
    });
  });
});
