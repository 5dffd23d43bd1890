import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import { DeadLetters } from './dead-letters.ts';
import { everyQuarter } from './every-quarter.ts';

interface Props {
  readonly data: DataStack;
}

/** Asks shops what their webhooks may have missed. A run that fails is made good by the next one. */
export class ShopPoll extends Construct {
  constructor(scope: Construct, id: string, { data }: Props) {
    super(scope, id);
    const name = 'ingest/poll-shops';
    everyQuarter(this, {
      data,
      name,
      deadLetterQueue: new DeadLetters(this, 'Failed', { data, of: name }).queue,
      description: `Asks the shops of clientele ${data.stage.name} what changed`,
    });
  }
}
