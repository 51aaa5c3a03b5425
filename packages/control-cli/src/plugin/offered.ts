import type { RegistryOffer } from "@mimolo/protocol";
import type { Offer } from "@mimolo/operations/trust";

/** An offer as scripts see it, beside what is installed. */
export function offerReport(offer: Offer, installed: string | null): RegistryOffer {
  const { pluginId, version, description, capabilities, keyId, sha256, source, path } = offer;
  return {
    plugin_id: pluginId,
    version,
    description,
    capabilities: [...capabilities],
    key_id: keyId,
    sha256,
    source,
    path,
    installed,
  };
}
