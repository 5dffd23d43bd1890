import { MapperBusy } from '../../domain/kernel/errors.ts';

/**
 * Does one thing after the other, turn by turn between those who ask, so that whoever asks for much waits for itself
 * alone. Of each at most `waiting` wait; beyond that it is told to come again.
 */
export function fairTurns(waiting: number) {
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
    line.push(() => work().then(resolve, reject));
    lines.set(who, line);
    void takeTurns();
    return promise;
  };
}
