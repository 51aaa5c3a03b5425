import type { AllowedHosts } from "./allowed-hosts.ts";
import { HttpFault } from "./fault.ts";

/** Reads an address and refuses what may not be asked: other schemes than http and https, credentials in it, hosts that are not
 *  allowed. Throws `HttpFault` without the address: there may be a secret in it. */
export function addressOf(text: string, hosts: Pick<AllowedHosts, "allows">, base?: URL): URL {
  const url = parsed(text, base);
  if (url === null) throw new HttpFault("invalid-request", "url is no address such as https://api.example.org/path");
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new HttpFault("invalid-request", `url must begin with http:// or https://, not ${url.protocol}`);
  if (url.username !== "" || url.password !== "")
    throw new HttpFault(
      "invalid-request",
      "url must not hold a user name or password; put them into the settings' headers",
    );
  if (!hosts.allows(url)) {
    throw new HttpFault(
      "host-not-allowed",
      `${url.host} is not among the allowed hosts; add "${url.host}" to allowed_hosts of this agent to allow it`,
    );
  }
  return url;
}

function parsed(text: string, base: URL | undefined): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
