/** SHA-256 in hex; not keyed: for contents that hold no personal data in clear. */
export type Digest = (text: string) => string;
