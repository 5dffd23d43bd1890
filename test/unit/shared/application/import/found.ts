import { type Found, receiptsFrom } from '../../../../../shared/application/import/receipts-from.ts';
import type { Mapping } from '../../../../../shared/domain/import/mapping.ts';
import { aMapping, aMappingFile, aSource, collected, type Row } from '../../../../builders/receipt-csv.ts';

export const found = (
  rows: readonly Row[],
  mapping: Mapping = aMapping(),
  memory?: Parameters<typeof receiptsFrom>[2],
): Promise<Found[]> => collected(receiptsFrom(aSource(...rows), mapping, memory));

export const eventsOf = async (rows: readonly Row[], mapping?: Mapping) =>
  (await found(rows, mapping)).flatMap((one) => (one.kind === 'receipt' ? one.events : []));

export const refusals = async (rows: readonly Row[], mapping?: Mapping) =>
  (await found(rows, mapping)).flatMap((one) => (one.kind === 'refused' ? [[one.line, one.code]] : []));

export const withColumns = (
  columns: Readonly<Record<string, unknown>>,
  parts: Readonly<Record<string, unknown>> = {},
): Mapping => aMapping({ columns: { ...aMappingFile.columns, ...columns }, ...parts });
