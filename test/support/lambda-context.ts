import type { Context } from 'aws-lambda';

/** What Lambda tells a function about its invocation. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'clientele-test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:clientele-test',
  memoryLimitInMB: '512',
  awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  logGroupName: '/clientele/test',
  logStreamName: '2026/01/31/[$LATEST]1',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
