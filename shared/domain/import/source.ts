/** One line of a table of text. `number` is its place in the file, where the header is line 1. */
export interface SourceLine {
  readonly number: number;
  readonly fields: readonly string[];
}

/** A file of receipt lines, opened: the names in its header, and the lines below it as they are read. */
export interface ReceiptSource {
  readonly columns: readonly string[];
  readonly lines: AsyncIterable<SourceLine>;
}
