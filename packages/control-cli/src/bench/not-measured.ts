/** This machine lacks what a figure needs. */
export class NotMeasured extends Error {
  override readonly name = "NotMeasured";

  constructor(reason: string) {
    super(`not measured: ${reason}`);
  }
}
