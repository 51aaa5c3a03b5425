/** The y coordinates of the points of small order: "signatures" under them hold for any message. */
const SMALL_ORDER_Y: readonly bigint[] = [
  0n,
  1n,
  2n ** 255n - 20n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
];
const PRIME = 2n ** 255n - 19n;

/** True for a 32-byte Ed25519 point of small order, or one written in a way no signer writes it. */
export function isWeakKey(point: Uint8Array): boolean {
  const y = BigInt.asUintN(255, BigInt(`0x${Buffer.from(Uint8Array.from(point).toReversed()).toString("hex")}`));
  return y >= PRIME || SMALL_ORDER_Y.includes(y);
}
