import type { TableFormat, TableRefusal } from './table.ts';

const HEAD_BYTES = 4_096;
/** How an OLE file names the stream that holds an encrypted workbook. */
const ENCRYPTED_PACKAGE = 'EncryptedPackage';

/** Takes the whole file; looks at its first bytes, never at its name. */
export function detectFormat(bytes: Uint8Array): TableFormat | TableRefusal {
  if (bytes.length === 0) return 'empty';
  if (startsWith(bytes, [0x50, 0x4b])) return 'xlsx';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return isEncrypted(bytes) ? 'password-protected' : 'old-xls';
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, HEAD_BYTES)).replaceAll('\0', '');
  const text = head.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/u, '').trimStart();
  if (/^<(?:!doctype|html|head|body|table|meta|style|div|\?xml|!--)/iu.test(text)) return 'html-as-table';
  if (
    text.startsWith('%PDF') ||
    text.startsWith('\u0089PNG') ||
    text.startsWith('GIF8') ||
    text.startsWith('{\\rtf')
  ) {
    return 'not-a-table';
  }
  return 'csv';
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

function isEncrypted(bytes: Uint8Array): boolean {
  const name = Buffer.from(ENCRYPTED_PACKAGE, 'utf16le');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name);
}
