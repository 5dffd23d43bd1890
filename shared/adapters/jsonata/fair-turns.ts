import { MapperBusy } from '../../domain/kernel/errors.ts';

interface Limits {
  readonly waiting: number;
  /** Milliseconds. */
  readonly patience: number;
}

/**
 * Does one thing after the other, turn by turn between those who ask, so that whoever asks for much waits for itself
 * alone. Of each at most `waiting` wait, and none longer than `patience`; beyond that it is told to come again.
 */
export function fairTurns({ waiting, patience }: Limits) {
  const lines = new Map<string, (() => Promise<void>)[]>();
  let busy = false;

  const takeTurns = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (let [first] = lines; first !== undefined; [first] = lines) {
      const [who, line] = first;
      const turn = line.shift();
      // To the end of the others.
      lines.delete(who);
      if (line.length > 0) lines.set(who, line);
      await turn?.();
    }
    busy = false;
  };

  return <T>(who: string, work: () => Promise<T>): Promise<T> => {
    const line = lines.get(who) ?? [];
    if (line.length >= waiting)
      return Promise.reject(new MapperBusy(`${line.length} runs of this mapping wait already`));
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const since = performance.now();
    line.push(async () => {
      if (performance.now() - since > patience) reject(new MapperBusy('Others took all the time'));
      else await work().then(resolve, reject);
    });
    lines.set(who, line);
    void takeTurns();
    return promise;
  };
}
