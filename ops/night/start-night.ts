import { ListExecutionsCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Conflict } from '../../shared/domain/kernel/errors.ts';

/** Starts the night of a date; answers the name of its execution. Two at once would write over each other. */
export async function startNight(sfn: SFNClient, stateMachineArn: string, asOf: string): Promise<string> {
  const { executions: [running] = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
  );
  if (running !== undefined) {
    throw new Conflict(
      `A night is running since ${running.startDate?.toISOString()}; wait for its end: ${running.executionArn}`,
    );
  }
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ asOf }) }),
  );
  return executionArn;
}
