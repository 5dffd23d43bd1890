import type { ExceptionAnswer } from '../../contracts/exception-schemas.ts';
import { type Handlers, nameOf } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import { isCovered, type SaleException } from '../../domain/returns/exceptions.ts';
import type { SaleHead } from '../../domain/returns/sale-case.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Item, Table } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly clock: Clock;
}

/** Who looked at an exception, and what it claimed then. */
interface StoredSettlement extends Pick<SaleException, 'claims'> {
  readonly note: string;
  readonly by: string;
  readonly at: string;
}

/** Answers the endpoints under /v1/exceptions. */
export const exceptionsApi = ({ table, clock }: Deps): Handlers<'listExceptions' | 'settleException'> => ({
  async listExceptions({ query: { kind, state, limit, cursor: after } }) {
    const { items, cursor } = await table.query({
      table: 'control',
      pk: keys.saleException('', '').pk,
      ...(kind === undefined ? {} : { prefix: keys.saleException(kind, '').sk }),
      ...(after === undefined ? {} : { cursor: after }),
      limit,
    });
    const settlements = await table.getMany(items.map(({ sk }) => keys.settledException(sk)));
    const all = items.map((item, index) => toAnswer(item, settlementIn(settlements[index])));
    return {
      body: {
        exceptions: all.filter(
          ({ settled }) => state === 'all' || (state === 'settled') === (settled !== undefined),
        ),
        ...(cursor === undefined ? {} : { cursor }),
      },
    };
  },

  async settleException({ params: { id }, body: { note }, caller }) {
    const name = nameIn(id);
    const item = name === '' ? undefined : await table.get({ ...keys.saleException('', ''), sk: name });
    if (item === undefined) throw new NotFound('exception', id);
    const { claims } = exceptionIn(item);
    const by = nameOf(caller);
    const settlement: StoredSettlement = { claims, note, by, at: clock() };
    await table.commit([{ put: keys.settledException(item.sk), value: { ...settlement } }]);
    return { body: toAnswer(item, settlement) };
  },
});

/** The name of an exception has slashes and more in it, and has to stand in a path. */
const idOf = ({ sk }: Item): string => Buffer.from(sk).toString('base64url');
const nameIn = (id: string): string => Buffer.from(id, 'base64url').toString();

// Written by the fold and by nobody else.
const exceptionIn = ({ value }: Item) => value as unknown as SaleException & SaleHead;
const settlementIn = (item: Item | undefined) => item?.value as StoredSettlement | undefined;

function toAnswer(item: Item, settlement: StoredSettlement | undefined): ExceptionAnswer {
  const { kind, store, terminal, receipt, since, amount, claims } = exceptionIn(item);
  const isSettled = settlement !== undefined && isCovered({ claims }, settlement);
  return {
    id: idOf(item),
    kind,
    sale: { store, terminal, receipt },
    since,
    amount,
    claims: [...claims],
    ...(isSettled ? { settled: { note: settlement.note, by: settlement.by, at: settlement.at } } : {}),
  };
}
