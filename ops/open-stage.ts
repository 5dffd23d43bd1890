import * as z from 'zod';
import { dynamoTable } from '../shared/adapters/aws/dynamo-table.ts';
import { eventBridgeBus } from '../shared/adapters/aws/event-bridge-bus.ts';
import { masterSecret } from '../shared/adapters/aws/master-secret.ts';
import { s3Blob } from '../shared/adapters/aws/s3-blob.ts';
import { keyring } from '../shared/adapters/crypto/keyring.ts';
import { sha256 } from '../shared/adapters/crypto/sha256.ts';
import type { DeployedStage } from '../shared/contracts/deployed.ts';
import { LAYOUT } from '../shared/contracts/keys.ts';
import type { StageSettings } from '../shared/contracts/stage.ts';
import { complaintsIn } from '../shared/domain/kernel/complaint.ts';
import { Defect, InvalidInput, NotFound } from '../shared/domain/kernel/errors.ts';
import type { Blob } from '../shared/ports/blob.ts';
import type { Bus } from '../shared/ports/bus.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { Digest } from '../shared/ports/digest.ts';
import type { Keyring } from '../shared/ports/keyring.ts';
import type { Table } from '../shared/ports/table.ts';
import { type Clients, clientsIn } from './clients.ts';
import { readDeployedStage } from './deployed-stage.ts';
import { type StageRegion, stageRegion } from './stage-region.ts';

/** A deployed stage with the ports on it: use cases take it as they take the single machine. */
export interface OpenStage {
  readonly region: string;
  readonly deployed: DeployedStage;
  readonly clients: Clients;
  readonly table: Table;
  readonly bus: Bus;
  readonly blob: Blob;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly stage: StageSettings;
  /** Fetches the master secret at its first call: most commands need no right to it. */
  readonly keyring: () => Promise<Keyring>;
}

/**
 * Opens a deployed stage by its name. Throws InvalidInput `unknown-stage`, `unknown-region`, `not-deployed`,
 * `no-credentials` or `other-version` with the way out; nothing is changed.
 */
export async function openStage(
  name: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<OpenStage> {
  const where = stageRegion(name, env);
  const clients = clientsIn(where.region);
  const deployed = await readDeployedStage(name, clients.cloudFormation).catch((error: unknown) => {
    throw explained(error, name, where);
  });
  if (deployed.layout !== LAYOUT) {
    throw new InvalidInput(
      'other-version',
      'stage',
      `The tables of '${name}' have layout ${deployed.layout}, this program works on layout ${LAYOUT}; use the version that was deployed, or deploy this one`,
    );
  }
  const table = dynamoTable(clients.dynamo, deployed.tables);
  let opened: Promise<Keyring> | undefined;
  return {
    region: where.region,
    deployed,
    clients,
    table,
    bus: eventBridgeBus(clients.eventBridge, deployed.bus),
    blob: s3Blob(clients.s3, deployed.bucket),
    digest: sha256,
    clock: () => new Date().toISOString(),
    stage: deployed.settings,
    keyring: () => {
      opened ??= masterSecret(clients.secrets, deployed.masterSecret).then((master) =>
        keyring({ master, table }),
      );
      return opened;
    },
  };
}

/** What the SDK says, in the words of whoever typed the command. */
export function explained(error: unknown, name: string, { region, saidBy }: StageRegion): unknown {
  if (error instanceof NotFound) {
    const way =
      saidBy === 'AWS_REGION'
        ? 'lib/stages.ts does not name it, and AWS_REGION said where to look: name another region there'
        : 'lib/stages.ts names that region: deploy it, or mend its entry';
    return new InvalidInput('not-deployed', 'stage', `'${name}' is not deployed in ${region}. ${way}`);
  }
  if (error instanceof z.ZodError) {
    return new Defect(
      'other-version',
      `'${name}' in ${region} does not tell what this program needs to know; deploy it with this version:\n${complaintsIn(error, 'the whole').join('\n')}`,
    );
  }
  if (error instanceof Error && isAboutCredentials(error)) {
    return new InvalidInput(
      'no-credentials',
      '',
      `AWS does not let us in (${error.name}: ${error.message}); set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to somebody who may work on '${name}' in ${region}`,
      { cause: error },
    );
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOTFOUND') {
    return new InvalidInput(
      'unknown-region',
      'stage',
      `Nobody answers for the region '${region}', which ${saidBy} names; is it a region of AWS, and is the network up?`,
      { cause: error },
    );
  }
  return error;
}

const isAboutCredentials = ({ name }: Error): boolean =>
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AccessDenied(Exception)?|AuthFailure)$/.test(
    name,
  );
