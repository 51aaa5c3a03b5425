/** What is wrong with a `where`; never leaves its folder as an error. */
export class WhereFault extends Error {
  override readonly name = "WhereFault";
  /** Characters before it. */
  readonly at: number;
  readonly hint: string | undefined;

  constructor(at: number, message: string, hint?: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}
