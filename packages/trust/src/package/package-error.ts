/** A package, or a folder that wants to become one, that cannot be read as such. `code` names which rule it breaks. */
export class PackageError extends Error {
  override readonly name = "PackageError";
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
