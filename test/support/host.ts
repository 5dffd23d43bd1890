import type { Status } from '../../shared/application/customers/status.ts';
import type { AccessKey } from '../../shared/application/http/access-key.ts';
import type { GrantedKey, NewKey } from '../../shared/application/http/manage-keys.ts';
import { deployedHost } from './deployed-host.ts';
import { e2eTarget } from './e2e-target.ts';
import { hostOfOneMachine } from './host-of-one-machine.ts';
import type { Target } from './target.ts';

export interface Run {
  readonly asOf: string;
  readonly status: string;
  readonly report: Readonly<Record<string, unknown>> & { readonly moved: number };
}

/** A piece of text that is kept somewhere, and where. */
export interface Kept {
  readonly place: string;
  readonly text: string;
}

export interface Planted {
  /** As `kept` names them. */
  readonly places: readonly string[];
  /** How the lines begin that `logs` must answer now; empty where nobody can write between the host's own. */
  readonly logs: readonly string[];
}

export interface Sent {
  readonly to: string;
  readonly body: string;
}

/** What a journey walks through: the product on one machine, or the stage that is deployed. */
export interface Host extends Target {
  readonly status: () => Promise<Status>;
  /** Runs the night of that date to its end. Throws with the cause when it fails. */
  readonly night: (asOf: string) => Promise<Run>;
  /** Every line that it wrote about its work since it was started. */
  readonly logs: () => Promise<readonly string[]>;
  /** Everything that it keeps: records, files, messages under way and messages that died. */
  readonly kept: () => AsyncIterable<Kept>;
  /** Leaves a text everywhere, to see whether a search is blind. */
  readonly plant: (text: string) => Promise<Planted>;
  /** The messages of a campaign as they left the house. */
  readonly sent: (campaign: string) => Promise<readonly Sent[]>;
  /** Asks again until the answer is as wanted, as long as this host may take. */
  readonly eventually: <T>(look: () => Promise<T>, wanted: (answer: T) => boolean) => Promise<T>;
  /** As ops people do, beside the running host. */
  readonly grantKey: (wanted: NewKey) => Promise<GrantedKey>;
  readonly revokeKey: (id: string) => Promise<AccessKey>;
  readonly stop: () => Promise<void>;
}

/** Starts an empty host: the deployed stage where one is told of, else a process on this machine. */
export function startHost(): Promise<Host> {
  const told = e2eTarget();
  return told === undefined ? hostOfOneMachine() : deployedHost(told);
}
