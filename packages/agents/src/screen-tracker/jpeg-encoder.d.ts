// The half of `jpeg-js` that writes, which has no types of its own: the half that reads is no business of the agent's.
declare module "jpeg-js/lib/encoder.js" {
  export default function encode(
    picture: { readonly width: number; readonly height: number; readonly data: Uint8Array },
    quality: number,
  ): { readonly data: Buffer };
}
