import type * as z from 'zod';

/** What people may do. A key or token carries some of them. */
export const roles = ['marketer', 'analyst', 'clerk', 'privacy', 'ops'] as const;
export type Role = (typeof roles)[number];

/** How often a route may be called. What is above it is answered 429 before any function runs. */
export interface Throttle {
  /** Calls a second, over all callers. */
  readonly perSecond: number;
  /** Calls that may come in one moment. */
  readonly burst: number;
}

/** Of routes that say nothing else: people in front of a screen. */
export const defaultThrottle: Throttle = { perSecond: 20, burst: 40 };

/**
 * What a page of any origin may call from a browser: shops' pages tell what is looked at. No cookies come along, so
 * whoever has no key or token gets nothing. The hosts answer the question beforehand by themselves.
 */
export const crossOrigin = {
  origin: '*',
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  headers: ['authorization', 'content-type', 'content-encoding'],
  maxAgeSeconds: 86_400,
} as const;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With {name} for parameters, as HTTP APIs and OpenAPI write it. */
  readonly path: `/${string}`;
  /** The folder under functions/ that answers it on AWS. */
  readonly function: string;
  readonly summary: string;
  /** `source`: a write key. A list: people with one of these roles. `open`: anybody. */
  readonly access: 'source' | 'open' | readonly Role[];
  /**
   * Called by published libraries, in browsers too: the key may stand in the body, and content that cannot be
   * taken is a 400, since some take a 422 for a passing fault.
   */
  readonly forSdks?: true;
  /**
   * Whoever calls proves itself by a signature of its own making, over what it sent: the handler gets the call as it
   * came, checks it before anything is read, and answers 401 to everybody else.
   */
  readonly asItCame?: true;
  readonly throttle?: Throttle;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 202;
  readonly answer: z.ZodType;
}
