import type { FastifyDynamicSwaggerOptions as SwaggerOptions } from "@fastify/swagger";

const description = `The collector's own API: on an owner-only socket, where whoever reaches it may do everything, and on a port of
the loopback address, where each request brings a token (\`control/token\` of the data directory, or what \`POST /login\`
traded a code for). Lists take \`cursor\` and \`limit\` and answer \`{items, next_cursor}\`; cursors are opaque. Every refusal is a
\`Problem\` (RFC 9457) with a stable \`code\`. \`x-scope\` says what a token has to be good for, \`x-socket-only\` what is never done
over TCP.`;

/** What stands before the paths. */
export const frontMatter = {
  openapi: "3.1.0",
  info: {
    title: "MiMoLo control API",
    version: "1",
    description: description.replaceAll("\n", " "),
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [
    {
      url: "http://127.0.0.1:{port}",
      description: "Loopback only. The same paths are served on the control socket.",
      variables: { port: { default: "7466", description: "`[control] port`, or the one `mimolo status` shows." } },
    },
  ],
  tags: [
    { name: "collector", description: "The collector itself." },
    { name: "agents", description: "Agents and what steers them." },
    { name: "evidence", description: "Records, segments, and whether they are intact." },
    { name: "plugins", description: "Packages: in, on, off, out." },
    { name: "trust", description: "Keys, grants, and the audit log." },
    { name: "platform", description: "What plugins do for each other and for people." },
    { name: "reports", description: "Answers made of evidence." },
    { name: "page", description: "What the page shows." },
    { name: "access", description: "Tokens." },
  ],
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  security: [{ bearer: [] }],
} satisfies NonNullable<SwaggerOptions["openapi"]>;
