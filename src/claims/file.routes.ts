import { z } from 'zod';

import { lookUp } from '../journal/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { PICTURE_BYTES_MAX } from '../platform/picture-limits.ts';
import { claimFile } from './claim-file.adapter.ts';
import { caseView } from './case-view.ts';
import { imageRefusals } from './errors.ts';
import { imageById, keepImage } from './images.store.ts';
import { reachedClaim, type ClaimRouteParts } from './routes.ts';

const FILE_NAME_CHARACTERS_MAX = 255;
/** Of a lead's journal in the file of its claim. */
const ENTRIES_MAX = 1_000;

/** The images shown as proof, in and out; and one file of a claim with everything, to send to the parties. */
export function fileRoutes(app: HttpApp, parts: ClaimRouteParts): void {
  const { database, clock, newId, signedIn } = parts;

  app.post(
    '/api/claims/images',
    {
      bodyLimit: PICTURE_BYTES_MAX + 1,
      // Longer still it is not even read; whoever sent it is told the same, and of which field.
      errorHandler: (error) => {
        if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
        refuse({ refused: imageRefusals['too-large'], field: 'image' });
      },
      config: { may: 'claims.see', body: 'raw' },
      schema: {
        querystring: z.object({ name: z.string().max(FILE_NAME_CHARACTERS_MAX).default('') }),
        summary: 'The image is the body, as it is; it is kept unaltered with the hash of its bytes',
      },
    },
    async (request, reply) => {
      const who = signedIn(request);
      const image = {
        id: newId(),
        lead: '',
        fileName: request.query.name,
        bytes: request.rawBody ?? new Uint8Array(),
        by: who.person.id,
        at: clock.now(),
      };
      const kept = await database.inOrganization(who.organization.id, (tx) =>
        keepImage(tx, who.organization.id, image),
      );
      if ('fault' in kept) return refuse({ refused: imageRefusals[kept.fault], field: 'image' });
      return reply.code(201).send(kept);
    },
  );

  const ofImage = z.object({ claim: z.string().max(100), image: z.string().max(100) });
  app.get(
    '/api/claims/:claim/images/:image',
    { config: { may: 'claims.see' }, schema: { params: ofImage } },
    async (request, reply) => {
      const who = signedIn(request);
      const row = await reachedClaim(parts, who, request.params.claim);
      const { images } = await caseView(parts, who, row, request.language);
      const wanted = images.find(({ id }) => id === request.params.image);
      const found =
        wanted === undefined
          ? null
          : await database.inOrganization(who.organization.id, (tx) => imageById(tx, wanted.id));
      if (found === null) return refuse({ refused: 'no-such-image' });
      return reply
        .type(found.mediaType)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=3600')
        .send(found.bytes);
    },
  );

  app.get(
    '/api/claims/:claim/file.pdf',
    { config: { may: 'claims.see' }, schema: { params: z.object({ claim: z.string().max(100) }) } },
    async (request, reply) => {
      const who = signedIn(request);
      const row = await reachedClaim(parts, who, request.params.claim);
      const view = await caseView(parts, who, row, request.language);
      const [entries, images] = await database.inOrganization(who.organization.id, async (tx) => [
        (await lookUp(tx, 'all', { lead: row.lead }, ENTRIES_MAX)).toReversed(),
        await Promise.all(view.images.map(({ id }) => imageById(tx, id))),
      ]);
      const file = await claimFile({
        view,
        entries,
        images: images.filter((image) => image !== null),
        organization: who.organization.name,
        language: request.language,
      });
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${row.number}-${row.id.slice(0, 8)}.pdf"`)
        .send(file);
    },
  );
}
