import {
  UNZIPPED_BYTES_MAX,
  UNZIPPED_RATIO_FROM_BYTES,
  UNZIPPED_RATIO_MAX,
  ZIP_ENTRIES_MAX,
} from './limits.ts';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const IN_EXTRA_FIELD = 0xffffffff;
const ZIP64_EXTRA = 0x0001;

/**
 * Reads a zip's own list of contents before anything is unpacked. The reader that follows unpacks no entry beyond the size stated here, so
 * a list that lies low breaks off there; one that states nothing for a packed entry is refused.
 */
export function checkZip(bytes: Uint8Array): 'ok' | 'zip-too-large' | 'damaged' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return 'damaged';
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === IN_EXTRA_FIELD || count === 0) return 'damaged';
  if (count > ZIP_ENTRIES_MAX) return 'zip-too-large';
  let total = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) return 'damaged';
    const packed = view.getUint32(at + 20, true);
    const size = sizeOf(view, at);
    if (size === null || (size === 0 && packed > 2)) return 'damaged';
    total += size;
    if (total > UNZIPPED_BYTES_MAX) return 'zip-too-large';
    at +=
      ENTRY_BYTES +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  const tooDense = total > UNZIPPED_RATIO_FROM_BYTES && total > bytes.length * UNZIPPED_RATIO_MAX;
  return tooDense ? 'zip-too-large' : 'ok';
}

function findEnd(view: DataView): number | null {
  const earliest = Math.max(0, view.byteLength - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = view.byteLength - END_BYTES; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

/** Some writers state every size in the ZIP64 extra field, however small. */
function sizeOf(view: DataView, entry: number): number | null {
  const size = view.getUint32(entry + 24, true);
  if (size !== IN_EXTRA_FIELD) return size;
  let at = entry + ENTRY_BYTES + view.getUint16(entry + 28, true);
  const end = Math.min(view.byteLength, at + view.getUint16(entry + 30, true));
  while (at + 12 <= end) {
    if (view.getUint16(at, true) === ZIP64_EXTRA) return Number(view.getBigUint64(at + 4, true));
    at += 4 + view.getUint16(at + 2, true);
  }
  return null;
}
