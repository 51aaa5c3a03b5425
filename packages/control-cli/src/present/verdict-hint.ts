import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import type { Inspection } from "../plugin/inspected.ts";
import { commandFor } from "../run/first-screen.ts";

/** What to do about a package that is not trusted. */
export function verdictHint(
  { verdict, manifest }: Pick<Inspection, "verdict" | "manifest">,
  typed: string,
  { options, surroundings }: Pick<Call, "options" | "surroundings">,
): string {
  const command = commandFor(surroundings.env, options.dataDir);
  const file = shellWord(typed);
  const id = manifest?.id ?? "acme.inbox";
  const pin = (scope: string) => command(`key trust FILE.pub --scope ${shellWord(scope)}`);
  switch (verdict) {
    case "unsigned":
      return `Ask its author for a signed one; your own you sign with: ${command(`plugin sign ${file}`)}`;
    case "unknown-key":
      return `Get the author's public key from another place than the package, then: ${pin(`${id.split(".")[0]}.*`)}`;
    case "out-of-scope":
      return `Only if the owner of that key really publishes it: ${pin(id)}`;
    case "revoked":
    case "expired":
      return "Ask its author for one that is signed with a key of today.";
    case "incompatible":
      return "Look for a version that fits, or update MiMoLo.";
    case "downgrade":
      return `To go back all the same: ${command(`plugin install ${file} --accept-downgrade`)}`;
    default:
      return "It is not what its author signed: get it again, and ask them if that does not help.";
  }
}
