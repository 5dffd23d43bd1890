import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';

/** Where functions, the API and the night's state machine write. */
const prefixes = (stage: string) => [`/clientele/${stage}/`, `/aws/vendedlogs/clientele/${stage}/`];

/** All lines of all log groups of a stage since a time. */
export async function stageLogs(stage: string, since: number): Promise<readonly string[]> {
  const client = new CloudWatchLogsClient();
  const lines: string[] = [];
  for (const logGroupName of await logGroups(client, stage)) {
    const pages = paginateFilterLogEvents({ client }, { logGroupName, startTime: since });
    for await (const { events = [] } of pages)
      lines.push(...events.map(({ message = '' }) => `${logGroupName} ${message}`));
  }
  return lines;
}

async function logGroups(client: CloudWatchLogsClient, stage: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const logGroupNamePrefix of prefixes(stage))
    for await (const { logGroups: groups = [] } of paginateDescribeLogGroups(
      { client },
      { logGroupNamePrefix },
    ))
      found.push(...groups.flatMap(({ logGroupName }) => (logGroupName === undefined ? [] : [logGroupName])));
  return found;
}

/** Writes a line into every log group, as a careless function would; answers the groups. */
export async function plantInLogs(stage: string, message: string): Promise<readonly string[]> {
  const client = new CloudWatchLogsClient();
  const logStreamName = `planted-${Date.now()}`;
  const groups = await logGroups(client, stage);
  for (const logGroupName of groups) {
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = [{ timestamp: Date.now(), message }];
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
  return groups;
}
