// An agent's settings before anybody has answered its handshake.

/** The settings in `MIMOLO_CONFIG`; none when it is absent or broken, which the SDK reports. */
export function settingsIn(environment: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  try {
    const config: unknown = JSON.parse(environment["MIMOLO_CONFIG"] ?? "{}");
    return typeof config === "object" && config !== null && !Array.isArray(config) ? { ...config } : {};
  } catch {
    return {};
  }
}
