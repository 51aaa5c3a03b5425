import type { Examples } from "./example.ts";

const code = "Zk3yXQm1b0V2nq8Lr5tPwA";
const fiveMinutesOn = "2026-11-21T09:05:00.000Z";

export const accessExamples: Examples = {
  logIn: {
    body: { code, scope: "read" },
    answer: {
      token: "a-token-of-43-characters-in-base64url-xxxxx",
      scope: "read",
      expires_at: "2026-12-21T09:00:00.000Z",
    },
  },
  makeLoginCode: {
    body: { scope: "read" },
    answer: { code, scope: "read", expires_at: fiveMinutesOn, address: `http://127.0.0.1:7466/#code=${code}` },
  },
  logOut: { body: { all: true }, answer: { ended: true } },
};
