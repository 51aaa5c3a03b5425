/** The options of `mimolo agent add|duplicate|remove|config`. */
export interface AgentEditOptions {
  readonly executable?: string;
  readonly plugin?: string;
  readonly arg?: readonly string[];
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  readonly yes?: boolean;
}
