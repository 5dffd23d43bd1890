import type { Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';

/** Calls of one connection that wait for their answer. Hardly anybody sends a second before it heard of the first. */
const MOST_UNANSWERED = 16;

/**
 * Cuts off who asks on and on without listening: everything that came in one piece is asked at once, and its answers
 * wait in memory.
 */
export function cutOffWhoDoesNotListen(mostUnanswered = MOST_UNANSWERED): MiddlewareHandler {
  const unanswered = new WeakMap<Socket, number>();
  const add = (socket: Socket, more: number): number => {
    const count = (unanswered.get(socket) ?? 0) + more;
    unanswered.set(socket, count);
    return count;
  };
  return async (context, next) => {
    const { incoming, outgoing } = context.env as HttpBindings;
    const { socket } = incoming;
    outgoing.once('close', () => add(socket, -1));
    if (add(socket, 1) > mostUnanswered) socket.destroy();
    return socket.destroyed ? new Response(null, { status: 503 }) : next();
  };
}
