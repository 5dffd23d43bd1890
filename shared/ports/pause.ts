/**
 * Waits before a further attempt, longer each time and partly by chance, so that writers who met do not meet
 * again. `attempt` counts from 1. A host whose writers cannot meet needs none.
 */
export type Pause = (attempt: number) => Promise<unknown>;
