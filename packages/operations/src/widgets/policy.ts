/** What the person at the machine lets widgets do. */
export interface WidgetPolicy {
  /** Whether a link may lead there: asked about absolute `https:` and `http:` addresses without a name or password in
   *  them. Without it no `href` is ever written. It must not change the address. */
  readonly allowsLink?: (address: URL) => boolean;
}
