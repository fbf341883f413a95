import type { InboundMessage } from '../messages/index.ts';
import type { FirstMessage } from './first-contact.ts';
import { allSources } from './sources.store.ts';
import { takeInAndSettle, type IntakeParts } from './take-in.ts';

/**
 * What somebody wrote by WhatsApp: a lead when nobody with that number has an open one (the house looks, under its lock),
 * else only a message of the thread. Safe to call again with the same message. Without a WhatsApp source nothing follows.
 */
export async function takeInMessage(
  parts: IntakeParts,
  organization: string,
  message: InboundMessage,
): Promise<void> {
  const sources = await parts.database.inOrganization(organization, allSources);
  const source = sources.find(({ kind, enabled }) => kind === 'whatsapp' && enabled);
  if (source === undefined) return;
  const { id, at, from, bsuid, profileName, text, fromAd } = message;
  const first: FirstMessage = {
    messageId: id,
    at,
    ...(from === undefined ? {} : { phone: from }),
    ...(bsuid === undefined ? {} : { userId: bsuid }),
    ...(profileName === undefined ? {} : { profileName }),
    ...(text === undefined ? {} : { text }),
    ...(fromAd === undefined
      ? {}
      : {
          referral: {
            ...(fromAd.sourceId === undefined ? {} : { adId: fromAd.sourceId }),
            ...(fromAd.clickId === undefined ? {} : { clickId: fromAd.clickId }),
          },
        }),
  };
  const body = Buffer.from(JSON.stringify(first));
  await takeInAndSettle(parts, organization, { route: 'whatsapp', source: source.key, headers: {}, body });
}
