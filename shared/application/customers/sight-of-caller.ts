import type { Caller } from '../../contracts/handler.ts';
import { type Sight, sightOf } from '../../domain/customers/mask.ts';

/** What of a customer this caller may see. */
export const sightOfCaller = (caller: Caller): Sight => sightOf(caller.kind === 'person' ? caller.roles : []);
