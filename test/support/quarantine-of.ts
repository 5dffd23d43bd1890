import { jsonataMapper } from '../../shared/adapters/jsonata/jsonata-mapper.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { type QuarantineDeps, quarantineApi } from '../../shared/application/ingest/quarantine-api.ts';
import { readKept } from '../../shared/application/ingest/quarantine-store.ts';
import { recentKeys } from '../../shared/application/ingest/recent-keys.ts';
import type { Caller } from '../../shared/contracts/handler.ts';
import { shops } from '../../shared/domain/dialects/shops.ts';
import { aSoldReceipt } from '../builders/a-submission.ts';
import type { MemoryMachine } from './memory-machine.ts';

const ops: Caller = { kind: 'person', name: 'ada', roles: ['ops'], key: 'key-1' };
export const MONTHS_LATER = '2026-06-20T12:00:00.000Z';

/** What ops people do over HTTP, as a rule on a machine whose memory of the latest names is gone, as after a restart. */
export function opsOf(machine: MemoryMachine, recent = recentKeys(), caller = ops) {
  const notes: [string, Readonly<Record<string, string>>][] = [];
  const deps: QuarantineDeps = {
    ...machine,
    recent,
    mapper: jsonataMapper(),
    shops,
    note: (what, ids) => notes.push([what, ids]),
  };
  const api = quarantineApi(deps);
  const idOf = async (cause: string): Promise<string> => {
    const { kept } = await readKept(machine, cause, { limit: 1 });
    return kept[0]?.id ?? 'none';
  };
  return {
    notes,
    overview: async () =>
      (await api.quarantine({ params: undefined, query: undefined, body: undefined, caller: ops })).body
        .causes,
    list: async (cause: string, page: { limit: number; cursor?: string }) =>
      (
        await api.listQuarantined({
          params: { cause },
          query: { cursor: undefined, ...page },
          body: undefined,
          caller,
        })
      ).body,
    open: async (cause: string) =>
      (
        await api.openQuarantined({
          params: { cause, id: await idOf(cause) },
          query: undefined,
          body: undefined,
          caller,
        })
      ).body,
    retry: async (cause: string, event?: Record<string, unknown>) =>
      (
        await api.retryQuarantined({
          params: { cause, id: await idOf(cause) },
          query: undefined,
          body: event === undefined ? {} : { event },
          caller: ops,
        })
      ).body,
    retryAll: async (cause: string, body: { source?: string; cursor?: string } = {}) =>
      (await api.retryCause({ params: { cause }, query: undefined, body, caller: ops })).body,
    discard: async (cause: string, note: string) =>
      (
        await api.discardQuarantined({
          params: { cause, id: await idOf(cause) },
          query: undefined,
          body: { note },
          caller: ops,
        })
      ).body,
  };
}

/** What is kept in quarantine, by cause. */
export const counts = async (machine: MemoryMachine) => (await readStatus(machine)).quarantine;
/** A receipt that is refused here: its money is another one. */
export const inDollars = (amount = 100, more = {}) =>
  aSoldReceipt(amount, {
    ...more,
    data: { currency: 'USD', ...('data' in more ? (more.data as object) : {}) },
  });
/** The same shop after it was set up for dollars. */
export const forDollars = (machine: MemoryMachine): MemoryMachine => ({
  ...machine,
  stage: { ...machine.stage, currency: 'USD' },
});
