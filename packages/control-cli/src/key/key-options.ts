export interface KeyOptions {
  readonly label?: string;
  readonly scope?: readonly string[];
  readonly why?: string;
}
