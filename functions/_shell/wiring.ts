import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { eventBridgeBus } from '../../shared/adapters/aws/event-bridge-bus.ts';
import { masterSecret } from '../../shared/adapters/aws/master-secret.ts';
import { backOff, patient } from '../../shared/adapters/aws/patience.ts';
import { s3Blob } from '../../shared/adapters/aws/s3-blob.ts';
import { sesFeedback } from '../../shared/adapters/aws/ses-feedback.ts';
import { keyring as openKeyring } from '../../shared/adapters/crypto/keyring.ts';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { jsonataMapper } from '../../shared/adapters/jsonata/jsonata-mapper.ts';
import { shopClients } from '../../shared/adapters/shops/shops.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import { tableSetting } from '../../shared/contracts/settings.ts';
import { StageSettings } from '../../shared/contracts/stage.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Pause } from '../../shared/ports/pause.ts';
import { lazily } from './lazily.ts';
import { setting } from './setting.ts';

/**
 * The only place that knows which adapters AWS gets. Everything is made on first use, so that loading a
 * function calls nobody, and asks only for the settings of what is used. PURE tells the bundler to leave out
 * what a function does not use, the client with it.
 */
export const clock: Clock = () => new Date().toISOString();

export const digest = sha256;

export const pause: Pause = (attempt) => backOff(patient, attempt);

/** Reads what the sending service tells afterwards. */
export const feedbackIn = sesFeedback;

export const stage = /* @__PURE__ */ lazily(() => StageSettings.parse(JSON.parse(setting('stage'))));

/** A table that this function was not given is missed at the first touch of it. */
const tableNames: Readonly<Record<TableName, string>> = {
  get customers() {
    return setting(tableSetting('customers'));
  },
  get facts() {
    return setting(tableSetting('facts'));
  },
  get vault() {
    return setting(tableSetting('vault'));
  },
  get control() {
    return setting(tableSetting('control'));
  },
  get outbox() {
    return setting(tableSetting('outbox'));
  },
};

export const table = /* @__PURE__ */ lazily(() =>
  dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient({})), tableNames),
);

export const bus = /* @__PURE__ */ lazily(() => eventBridgeBus(new EventBridgeClient({}), setting('bus')));

export const blob = /* @__PURE__ */ lazily(() => s3Blob(new S3Client({}), setting('bucket')));

/** Shops that are asked, none of them within the house. */
export const shopsAsked = () => shopClients({ mayBeLocal: false });

export const mapper = /* @__PURE__ */ lazily(() => jsonataMapper());

export const keyring = /* @__PURE__ */ lazily(async () =>
  openKeyring({
    master: await masterSecret(new SecretsManagerClient({}), setting('masterSecret')),
    table: table(),
  }),
);
