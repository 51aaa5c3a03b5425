const TEXT_FRAME = 0x81;
const MOST_IN_ONE_BYTE = 125;
const LENGTH_IN_TWO_BYTES = 126;
const LENGTH_IN_EIGHT_BYTES = 127;

/** A whole WebSocket message of a server, as it goes over the wire. The library makes one for each client anew; this one is made
 *  once and written to all of them. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length <= MOST_IN_ONE_BYTE ? 2 : length <= 0xffff ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = TEXT_FRAME;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = LENGTH_IN_TWO_BYTES;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_IN_EIGHT_BYTES;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
