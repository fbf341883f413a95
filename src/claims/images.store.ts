import { createHash } from 'node:crypto';
import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { takenAt } from '../platform/exif.adapter.ts';
import { readPicture } from '../platform/picture.ts';
import { type PictureFault } from '../platform/picture-limits.ts';

/** An image as screens and files show it, without its bytes. */
export interface ImageAbout {
  readonly id: string;
  readonly lead: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly fileName: string;
  /** By the camera's own clock; null where the image says nothing. */
  readonly takenAt: string | null;
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
}

export interface NewImage {
  readonly id: string;
  /** Empty until it is known of whom; one that never is goes after a day. */
  readonly lead: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly by: string;
  readonly at: Instant;
}

const ABOUT = sql.raw('id, lead, sha256, media_type, file_name, taken_at, uploaded_by, uploaded_at');

/** Keeps an image unaltered, with the hash of its bytes and the date in it. What is no whole image is named. */
export async function keepImage(
  tx: Tx,
  organization: string,
  image: NewImage,
): Promise<ImageAbout | { readonly fault: PictureFault }> {
  const { id, lead, fileName, bytes, by, at } = image;
  const read = readPicture(bytes);
  if ('fault' in read) return read;
  const { mediaType } = read.picture;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const taken = takenAt(bytes);
  await sql`
    insert into claim_images (organization_id, id, lead, sha256, media_type, file_name, bytes, taken_at, uploaded_by, uploaded_at)
    values (${organization}, ${id}, ${lead}, ${sha256}, ${mediaType}, ${fileName}, ${Buffer.from(bytes)}, ${taken}, ${by}, ${at})
    on conflict do nothing`.execute(tx);
  await sql`
    delete from claim_images
     where organization_id = (select pauta_organization()) and lead = ''
       and uploaded_at < ${at}::timestamptz - interval '1 day'`.execute(tx);
  return { id, lead, sha256, mediaType, fileName, takenAt: taken, uploadedBy: by, uploadedAt: at };
}

/** Whoever uploaded them uses them for this lead; gives those that are theirs to use. */
export async function useImages(
  tx: Tx,
  lead: string,
  by: string,
  ids: readonly string[],
): Promise<ImageAbout[]> {
  if (ids.length === 0) return [];
  const found = await sql<ImageAbout>`
    update claim_images set lead = ${lead}
     where organization_id = (select pauta_organization()) and id = any(${ids}::text[]) and uploaded_by = ${by}
       and (lead = '' or lead = ${lead})
    returning ${ABOUT}`.execute(tx);
  return found.rows;
}

export async function imagesOfLead(tx: Tx, lead: string): Promise<ImageAbout[]> {
  const found = await sql<ImageAbout>`
    select ${ABOUT} from claim_images
     where organization_id = (select pauta_organization()) and lead = ${lead} order by uploaded_at`.execute(
    tx,
  );
  return found.rows;
}

export async function imageById(
  tx: Tx,
  id: string,
): Promise<(ImageAbout & { readonly bytes: Buffer }) | null> {
  const found = await sql<ImageAbout & { readonly bytes: Buffer }>`
    select ${ABOUT}, bytes from claim_images
     where organization_id = (select pauta_organization()) and id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}
