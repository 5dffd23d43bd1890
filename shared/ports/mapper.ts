/**
 * Runs mappings that people wrote, as JSONata, far from everything else. Laws (test/contract/mapper.contract.ts):
 * 1. `map` answers what the expression makes of the input as plain JSON data, undefined where it makes nothing.
 *    The same expression and input always give the same.
 * 2. `check` throws InvalidInput `mapping-invalid` with the place of the mistake; what it lets pass can be run.
 * 3. A mapping that fails throws InvalidInput `mapping-failed`, one that takes too long `mapping-too-long`, one that
 *    makes too much `mapping-too-large`. This process goes on meanwhile, and the next mapping is run as if nothing
 *    had happened.
 * 4. A mapping sees its input and nothing else: no process, no network, no clock, no chance, nothing that another
 *    mapping left behind.
 */
export interface Mapper {
  check(expression: string): Promise<void>;
  map(expression: string, input: unknown): Promise<unknown>;
}
