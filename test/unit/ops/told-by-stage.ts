import { outputs, parts } from '../../../shared/contracts/deployed.ts';
import { tableNames } from '../../../shared/contracts/key.ts';
import { LAYOUT } from '../../../shared/contracts/keys.ts';
import { type Reactor, reactions } from '../../../shared/contracts/topology.ts';

/** The outputs of a deployed stage, as CloudFormation tells them. */
export const toldByStage: Readonly<Record<string, string>> = {
  [outputs.settings]: JSON.stringify({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' }),
  [outputs.layout]: String(LAYOUT),
  [outputs.bus]: 'clientele-test',
  [outputs.bucket]: 'files',
  [outputs.masterSecret]: 'arn:secret',
  [outputs.audience]: 'audience',
  [outputs.url]: 'https://api.example.com/',
  [outputs.nightMachine]: 'arn:machine',
  ...Object.fromEntries(tableNames.map((name) => [outputs.table(name), name])),
  ...Object.fromEntries(
    (Object.keys(reactions) as Reactor[]).map((name) => [outputs.queue(name), `https://sqs/${name}`]),
  ),
  ...Object.fromEntries(parts.map((part) => [outputs.deadLetters(part), `https://sqs/dead/${part}`])),
};
