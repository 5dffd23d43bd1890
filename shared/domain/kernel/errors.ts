/** Base of everything we throw on purpose. Logs, alarms and HTTP answers key on `code`. */
export abstract class ClienteleError extends Error {
  abstract readonly code: string;
  /** Could the same call succeed later without anybody changing anything? */
  readonly retryable: boolean = false;
}

/** Input that can never be taken as it is; `path` names the field, the message the way out. */
export class InvalidInput extends ClienteleError {
  readonly code: string;
  readonly path: string;
  /** Further members of the answer, such as a result per item. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    path: string,
    message: string,
    { more = {}, ...options }: ErrorOptions & { readonly more?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options);
    this.code = code;
    this.path = path;
    this.more = more;
  }
}

export class NotFound extends ClienteleError {
  readonly code = 'not-found';

  /** Without an id where it must not be repeated. */
  constructor(what: string, id?: string) {
    super(id === undefined ? `There is no ${what}` : `There is no ${what} '${id}'`);
  }
}

/** The asked-for change contradicts what is there already. */
export class Conflict extends ClienteleError {
  readonly code = 'conflict';
}

/** Something on our side that no caller can mend. The operator reads its code and message; callers learn nothing of it. */
export class Defect extends ClienteleError {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Optimistic writers kept meeting on one item. */
export class TooManyConflicts extends ClienteleError {
  readonly code = 'too-many-conflicts';
  override readonly retryable = true;

  constructor(what: string) {
    super(`${what} kept changing under our hands`);
  }
}

/** The store cannot take writes now: disk full, throttled, unreachable. */
export class StoreUnavailable extends ClienteleError {
  readonly code = 'store-unavailable';
  override readonly retryable = true;
}

/** The bus did not take every message; the sender may send all of them again. */
export class EventsNotAccepted extends ClienteleError {
  readonly code = 'events-not-accepted';
  override readonly retryable = true;

  constructor(lost: readonly { readonly index: number; readonly reason: string }[], options?: ErrorOptions) {
    super(`${lost.length} message(s) were not accepted by the bus: ${lost[0]?.reason ?? ''}`, options);
  }
}

/** Whoever calls did not prove who it is. Says nothing of what is there and what is not. */
export class NotProven extends ClienteleError {
  readonly code = 'signature-refused';
}

/** Too many mappings wait, or the place where they run is being made anew. */
export class MapperBusy extends ClienteleError {
  readonly code = 'mapper-busy';
  override readonly retryable = true;
}
