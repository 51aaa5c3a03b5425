import { expect, test } from "vitest";
import { type PlaceHolder, Places } from "../../../src/api/events/places.ts";
import type { Transport } from "../../../src/api/login/access.ts";

type Standing = PlaceHolder["standing"];

/** Places, and those who had to go, by name. */
function hall() {
  const places = new Places<PlaceHolder>();
  const gone: string[] = [];
  const come = (name: string, transport: Transport, standing: Standing) => {
    const arrived = places.keep(transport);
    places.take({ transport, standing, giveWay: () => gone.push(name) });
    arrived();
  };
  const many = (count: number, transport: Transport, standing: Standing) => {
    for (let n = 0; n < count; n++) come(`${standing} ${n}`, transport, standing);
  };
  return { places, gone, come, many };
}

const full = expect.objectContaining({ code: "too-many-requests" });

test("64 may listen over TCP and 256 in all, and whoever comes then is turned away", () => {
  const { places, come, many } = hall();
  many(64, "tcp", "subscribed");
  expect(() => places.keep("tcp")).toThrow(full);
  many(192, "socket", "subscribed");
  expect(() => places.keep("socket")).toThrow(full);
  const [someone] = places;
  places.leave(someone as PlaceHolder);
  come("late", "tcp", "subscribed");
  expect(places.count).toBe(256);
});

test("the one who has waited longest without subscribing makes room, first of all one without a token", () => {
  const { gone, come, many } = hall();
  come("with a token", "tcp", "newcomer");
  come("first stranger", "tcp", "stranger");
  come("second stranger", "tcp", "stranger");
  many(61, "tcp", "subscribed");
  for (let n = 0; n < 3; n++) come("settled soon", "tcp", "subscribed");
  expect(gone).toEqual(["first stranger", "second stranger", "with a token"]);
});

test("over TCP nobody takes a place from the socket", () => {
  const { gone, come, many, places } = hall();
  come("owner", "socket", "newcomer");
  many(255, "socket", "subscribed");
  expect(() => places.keep("tcp")).toThrow(full);
  come("another owner", "socket", "newcomer");
  expect(gone).toEqual(["owner"]);
});

test("a handshake under way has its place, until it fails", () => {
  const { places, many } = hall();
  many(63, "tcp", "subscribed");
  const failed = places.keep("tcp");
  expect(() => places.keep("tcp")).toThrow(full);
  failed();
  expect(() => places.keep("tcp")).not.toThrow();
});
