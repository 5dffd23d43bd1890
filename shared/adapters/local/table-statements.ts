import type { DatabaseSync } from 'node:sqlite';
import type { TableName } from '../../contracts/key.ts';

const KEY = 'slot = ?1 AND pk = ?2 AND sk = ?3';
const ROW = 'pk, sk, version, value';
const live = (now: string) => `(expires IS NULL OR expires >= ${now})`;

/**
 * The statements of one table, prepared once. Text compares by its UTF-8 bytes, which is code-point order.
 * Every change is one statement; where its condition does not hold, it changes no row.
 */
export function tableStatements(database: DatabaseSync, table: TableName) {
  const prepare = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const query = (order: 'ASC' | 'DESC') => `
    SELECT ${ROW} FROM ${table}
    WHERE slot = ?1 AND pk = ?2 AND sk >= ?3 AND sk < CAST(?4 AS TEXT) AND ${live('?5')}
    ORDER BY sk ${order} LIMIT ?6`;
  const upsert = `INSERT INTO ${table} VALUES (?1, ?2, ?3, 1, ?4, ?5) ON CONFLICT DO UPDATE`;
  const replaced = 'value = excluded.value, expires = excluded.expires';

  return {
    /** slot, pk, sk, now */
    get: prepare(`SELECT ${ROW} FROM ${table} WHERE ${KEY} AND ${live('?4')}`),
    /** slot, pk, from, UTF-8 bytes of the end, now, limit */
    ascending: prepare(query('ASC')),
    descending: prepare(query('DESC')),
    /** slot, pk, sk to go on after, slot to end before, now, limit */
    scan: prepare(`
      SELECT ${ROW} FROM ${table}
      WHERE (slot, pk, sk) > (?1, ?2, ?3) AND slot < ?4 AND ${live('?5')}
      ORDER BY slot, pk, sk LIMIT ?6`),
    /** slot, pk, sk, value, expires, now */
    put: prepare(`${upsert} SET version = IIF(${live('?6')}, version + 1, 1), ${replaced}`),
    putIfAbsent: prepare(`${upsert} SET version = 1, ${replaced} WHERE NOT ${live('?6')}`),
    /** slot, pk, sk, value, expires, now, version */
    putIfVersion: prepare(`
      UPDATE ${table} SET version = version + 1, value = ?4, expires = ?5
      WHERE ${KEY} AND ${live('?6')} AND version = ?7`),
    /** slot, pk, sk, value */
    change: prepare(`UPDATE ${table} SET version = version + 1, value = ?4 WHERE ${KEY}`),
    /** slot, pk, sk */
    remove: prepare(`DELETE FROM ${table} WHERE ${KEY}`),
    /** slot, pk, sk, now, version */
    removeIfVersion: prepare(`DELETE FROM ${table} WHERE ${KEY} AND ${live('?4')} AND version = ?5`),
  };
}

export type TableStatements = ReturnType<typeof tableStatements>;
