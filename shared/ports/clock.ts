/** The present, in ISO 8601 UTC with milliseconds. */
export type Clock = () => string;
