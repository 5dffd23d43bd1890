import { campaignsApi } from '../shared/application/campaigns/campaigns-api.ts';
import { customersApi } from '../shared/application/customers/customers-api.ts';
import { exceptionsApi } from '../shared/application/customers/exceptions-api.ts';
import { feedsApi } from '../shared/application/feeds/feeds-api.ts';
import { describeApi } from '../shared/application/http/describe-api.ts';
import { identityApi } from '../shared/application/identity/identity-api.ts';
import { ingestApi } from '../shared/application/ingest/ingest-api.ts';
import { quarantineApi } from '../shared/application/ingest/quarantine-api.ts';
import { recentKeys } from '../shared/application/ingest/recent-keys.ts';
import { segmentApi } from '../shared/application/ingest/segment-api.ts';
import { runsApi } from '../shared/application/night/runs-api.ts';
import { segmentsApi } from '../shared/application/segments/segments-api.ts';
import { hooksApi } from '../shared/application/sources/hooks-api.ts';
import { pollsApi } from '../shared/application/sources/polls-api.ts';
import { sourcesApi } from '../shared/application/sources/sources-api.ts';
import type { Handlers } from '../shared/contracts/handler.ts';
import { shops } from '../shared/domain/dialects/shops.ts';
import type { Machine } from './machine.ts';

/** Every route of the contract, answered by this machine; a forgotten one does not compile. */
export const handlersOf = (machine: Machine): Handlers => {
  const ingest = { ...machine, recent: recentKeys() };
  return {
    ...describeApi(),
    ...ingestApi(ingest),
    ...segmentApi(ingest),
    ...hooksApi({ ...ingest, shops }),
    ...sourcesApi({ ...machine, shops }),
    ...pollsApi(machine),
    ...quarantineApi({ ...ingest, shops, note }),
    ...customersApi(machine),
    ...exceptionsApi(machine),
    ...identityApi(machine),
    ...feedsApi(machine),
    ...segmentsApi(machine),
    ...campaignsApi(machine),
    ...runsApi(machine),
  };
};

const note = (what: string, ids: Readonly<Record<string, string>>): void => {
  process.stderr.write(`${JSON.stringify({ note: what, ...ids })}\n`);
};
