import { keepImage, type ImageAbout } from './claims/index.ts';
import type { Draft } from './mailbox/index.ts';
import { readBytes } from './messages/index.ts';
import type { Database } from './platform/database.ts';
import type { Clock } from './platform/time.ts';

/** The picture of a request by mail, kept with its claim as it came; under the id it has here, so that it is kept once. */
export function claimImageKeeper({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}) {
  return (organization: string, { image, lead, requester }: Draft): Promise<ImageAbout | null> =>
    database.inOrganization(organization, async (tx) => {
      const file = image === null ? null : await readBytes(tx, organization, image);
      if (image === null || file === null || lead === null) return null;
      const about = {
        id: image,
        lead,
        fileName: 'correo',
        bytes: file.bytes,
        by: requester,
        at: clock.now(),
      };
      const kept = await keepImage(tx, organization, about);
      return 'fault' in kept ? null : kept;
    });
}
