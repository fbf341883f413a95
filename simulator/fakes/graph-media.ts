/** Media as Meta keeps them: an id, then an address that lives five minutes and asks for the token again. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { answer, refuse } from './graph-answers.ts';
import type { PretendTime } from './time.ts';

const URL_MILLISECONDS = 5 * 60_000;

export function mediaShelf(time: PretendTime) {
  const media = new Map<string, { bytes: Uint8Array; mimeType: string; urlUntil: number }>();

  return {
    store(bytes: Uint8Array, mimeType: string): string {
      const id = String(9_000_000 + media.size);
      media.set(id, { bytes, mimeType, urlUntil: 0 });
      return id;
    },
    entry(id: string, base: string, response: ServerResponse): void {
      const found = media.get(id);
      if (!found) return refuse(response, 400, 100, 'no such media');
      found.urlUntil = time.monotonic() + URL_MILLISECONDS;
      const sha256 = createHash('sha256').update(found.bytes).digest('hex');
      const { mimeType, bytes } = found;
      return answer(response, 200, {
        messaging_product: 'whatsapp',
        id,
        url: `${base}/media/${id}`,
        mime_type: mimeType,
        sha256,
        file_size: bytes.byteLength,
      });
    },
    bytes(id: string, response: ServerResponse): void {
      const found = media.get(id);
      if (!found || time.monotonic() > found.urlUntil) {
        return refuse(response, 404, 100, 'the address has expired');
      }
      response.writeHead(200, { 'content-type': found.mimeType }).end(found.bytes);
      return undefined;
    },
  };
}
