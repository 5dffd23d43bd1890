import * as z from 'zod';
import { InvalidInput } from '../kernel/errors.ts';
import type { Told } from './told.ts';

const Instant = z.iso.datetime({ offset: true });

export function instantIn(told: Told, name: string): string | undefined {
  const value = told[name];
  if (value === undefined || value === null) return undefined;
  const read = Instant.safeParse(value);
  if (read.success) return read.data;
  throw new InvalidInput(
    'invalid-field',
    name,
    `${name}: takes a date and time with its offset, for example 2026-03-14T10:15:00.000Z`,
  );
}
