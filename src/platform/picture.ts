import { PICTURE_BYTES_MAX, PICTURE_MEGAPOINTS_MAX, type PictureFault } from './picture-limits.ts';
import { gifOf, heifOf, jpegOf, pngOf, webpOf } from './picture-kinds.ts';

/** What a picture is, by its own bytes, whatever its name or its sender says. */
export interface Picture {
  readonly kind: PictureKind;
  readonly mediaType: string;
  /** In points, as it says itself; null where its kind hides them deeper than one need look (HEIC). */
  readonly width: number | null;
  readonly height: number | null;
}

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'heic';

export type PictureRead = { readonly picture: Picture } | { readonly fault: PictureFault };

const POINTS_MAX = PICTURE_MEGAPOINTS_MAX * 1_000_000;

export type KindRead =
  | { readonly width: number | null; readonly height: number | null }
  | { readonly fault: 'cut-short' | 'broken' };

/** Null: it does not begin as one of its kind. */
type ReadKind = (bytes: Buffer) => KindRead | null;

const KINDS: readonly (readonly [PictureKind, ReadKind])[] = [
  ['jpeg', jpegOf],
  ['png', pngOf],
  ['gif', gifOf],
  ['webp', webpOf],
  ['heic', heifOf],
];

/** Whether bytes are a whole picture, and of which kind. They are walked to their end, not decoded. */
export function readPicture(given: Uint8Array): PictureRead {
  if (given.byteLength === 0) return { fault: 'empty' };
  if (given.byteLength > PICTURE_BYTES_MAX) return { fault: 'too-large' };
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  for (const [kind, read] of KINDS) {
    const found = read(bytes);
    if (found === null) continue;
    if ('fault' in found) return found;
    const { width, height } = found;
    if (width === 0 || height === 0) return { fault: 'broken' };
    if ((width ?? 1) * (height ?? 1) > POINTS_MAX) return { fault: 'too-many-points' };
    return { picture: { kind, mediaType: `image/${kind}`, width, height } };
  }
  return { fault: isDocument(bytes) ? 'a-document' : 'not-a-picture' };
}

/** PDF and the office's files (zip, and the old compound file): what people send instead of a screenshot. */
function isDocument(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 8);
  return (
    head.startsWith('%PDF') ||
    head.startsWith('PK\u0003\u0004') ||
    head.startsWith('\u00D0\u00CF\u0011\u00E0')
  );
}
