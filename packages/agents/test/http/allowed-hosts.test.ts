import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf } from "../../src/http/address.ts";
import { readAllowedHosts } from "../../src/http/allowed-hosts.ts";
import { HttpFault } from "../../src/http/fault.ts";

const allows = (list: readonly string[], url: string) => readAllowedHosts(list).hosts.allows(new URL(url));

test("a host without a port allows every port of it, one with a port that alone", () => {
  expect(allows(["api.example.org"], "https://api.example.org/x")).toBe(true);
  expect(allows(["api.example.org"], "http://api.example.org:8080/x")).toBe(true);
  expect(allows(["api.example.org:8080"], "http://api.example.org:8080/x")).toBe(true);
  expect(allows(["api.example.org:8080"], "http://api.example.org/x")).toBe(false);
  expect(allows(["api.example.org:443"], "https://api.example.org/x")).toBe(true);
  expect(allows(["api.example.org:443"], "http://api.example.org/x")).toBe(false);
  expect(allows(["api.example.org:80"], "http://api.example.org/x")).toBe(true);
});

test("nothing else is that host: no part of it, none below or above it, and nothing by default", () => {
  for (const url of [
    "https://example.org",
    "https://a.api.example.org",
    "https://api.example.org.evil.test",
    "https://evilapi.example.org",
    "https://evil.test/api.example.org",
    "https://evil.test#api.example.org",
  ])
    expect(allows(["api.example.org"], url), url).toBe(false);
  expect(allows([], "http://localhost")).toBe(false);
});

test("a host is known by every way a URL can write it", () => {
  expect(allows(["API.Example.org"], "https://api.example.ORG.")).toBe(true);
  expect(allows(["bücher.example"], "https://xn--bcher-kva.example")).toBe(true);
  expect(allows(["[::1]:8080"], "http://[0:0:0:0:0:0:0:1]:8080")).toBe(true);
  expect(allows(["127.0.0.1"], "http://0x7f.1/")).toBe(true);
  expect(allows(["localhost"], "http://127.0.0.1/")).toBe(false);
});

test("what is no host is named, and the others hold", () => {
  const bad = [
    "https://a.example",
    "a.example/path",
    "user@a.example",
    "*.example",
    "a.example:0",
    "a.example:65536",
    "",
  ];
  const { hosts, problems } = readAllowedHosts([...bad, "b.example"]);
  expect(problems).toHaveLength(bad.length);
  expect(problems[0]).toBe('allowed_hosts: "https://a.example" is no host or host:port');
  expect(hosts.allows(new URL("https://b.example"))).toBe(true);
  expect(hosts.allows(new URL("https://a.example"))).toBe(false);
});

const refusal = (text: string, list: readonly string[] = ["a.example"]) => {
  try {
    addressOf(text, readAllowedHosts(list).hosts);
  } catch (error) {
    return error;
  }
  return null;
};

test("an address is http or https, without credentials, to an allowed host; a refusal never repeats it", () => {
  expect(refusal("https://a.example/x?y=1")).toBeNull();
  for (const text of [
    "file:///etc/passwd",
    "ftp://a.example/",
    "javascript:alert(1)",
    "a.example/secret-1",
    "//a.example",
  ])
    expect(refusal(text), text).toMatchObject({ code: "invalid-request" });
  const withPassword = refusal("https://me:secret-1@a.example/") as HttpFault;
  expect(withPassword).toMatchObject({ code: "invalid-request" });
  const elsewhere = refusal("https://b.example:81/secret-1?secret-1") as HttpFault;
  expect(elsewhere).toMatchObject({ code: "host-not-allowed" });
  expect(elsewhere.message).toContain('add "b.example:81" to allowed_hosts');
  expect(`${withPassword.message}${elsewhere.message}`).not.toContain("secret-1");
});

test("whatever an address looks like, it is allowed only where Node would connect to that very host and port", () => {
  const name = fc.constantFrom(
    "a.example",
    "A.example",
    "b.a.example",
    "a.example.",
    "xn--a-0ga.example",
    "ä.example",
    "1.1",
    "[::1]",
  );
  const port = fc.constantFrom("", ":80", ":443", ":8080");
  const scheme = fc.constantFrom("http", "https");
  const plain = (url: URL) => url.hostname.replace(/\.$/, "");
  const portOf = (url: URL) => Number(url.port || (url.protocol === "http:" ? 80 : 443));
  fc.assert(
    fc.property(scheme, name, port, name, port, (way, asked, askedPort, listed, listedPort) => {
      const url = new URL(`${way}://${asked}${askedPort}/path`);
      const entry = new URL(`http://${listed}`);
      const isSame = plain(url) === plain(entry) && (listedPort === "" || portOf(url) === Number(listedPort.slice(1)));
      return readAllowedHosts([`${listed}${listedPort}`]).hosts.allows(url) === isSame;
    }),
    { numRuns: 500 },
  );
});
