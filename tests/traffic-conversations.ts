import { noFacts } from '../src/contacts/index.ts';
import { HOUR, MINUTE, plus, SECOND, type Instant } from '../src/platform/time.ts';

type Told = Record<string, unknown> & { readonly fact: string };

interface Planning {
  readonly lead: string;
  /** When it begins. */
  readonly from: Instant;
  readonly holder: () => string;
  /** Numbers of its own: what is planned here moves nothing else that is planned. */
  readonly random: () => number;
  readonly at: (when: Instant, fact: () => Told) => void;
}

/** What the person of a lead writes and is answered: with files, in own words or by template, arrived or not. */
export function planConversation({ lead, from, holder, random, at }: Planning): void {
  const chance = (share: number): boolean => random() < share;
  if (!chance(0.2)) return;
  const heard = `heard-${lead}`;
  const written = `written-${lead}`;
  const media = chance(0.4)
    ? [{ id: `${heard}-0`, mime: 'image/jpeg', name: 'foto.jpg', remoteId: `remote-${lead}` }]
    : [];
  at(from, () => ({
    fact: 'message',
    actor: 'whatsapp',
    lead,
    by: null,
    from: 'client',
    channel: 'whatsapp',
    verifiable: true,
    message: heard,
    sentAt: from,
    form: media.length > 0 ? 'media' : 'text',
    text: '¿Sigue disponible?',
    providerId: `wamid.${lead}`,
    address: '+525500000000',
    repliesTo: null,
    media,
    fromAd: chance(0.2),
  }));
  if (media.length > 0 && chance(0.8))
    at(plus(from, 10 * SECOND), () =>
      chance(0.8)
        ? {
            fact: 'media.kept',
            actor: 'whatsapp',
            media: `${heard}-0`,
            sha256: 'ab'.repeat(32),
            size: 1_234,
            mime: 'image/jpeg',
          }
        : { fact: 'media.lost', actor: 'whatsapp', media: `${heard}-0`, why: 'gone' },
    );
  if (chance(0.5))
    at(plus(from, 2 * MINUTE), () => ({ fact: 'thread.read', actor: holder(), by: holder(), lead }));
  if (!chance(0.7)) return;
  const isTemplate = chance(0.3);
  at(plus(from, 5 * MINUTE), () => ({
    fact: 'message.written',
    actor: holder(),
    message: written,
    lead,
    by: holder(),
    channel: 'whatsapp',
    text: isTemplate ? null : 'Sí, con gusto',
    template: isTemplate ? 'follow-up' : null,
    repliesTo: heard,
  }));
  if (chance(0.1))
    at(plus(from, 5 * MINUTE + 2 * SECOND), () => ({
      fact: 'message.canceled',
      actor: holder(),
      by: holder(),
      message: written,
    }));
  const outcomes = chance(0.15) ? ['accepted', 'failed'] : ['accepted', 'delivered', 'read'];
  for (const [place, outcome] of outcomes.entries())
    at(plus(from, 6 * MINUTE + place * SECOND), () => ({
      fact: 'message.outcome',
      actor: 'whatsapp',
      channel: 'whatsapp',
      message: written,
      outcome,
      providerId: `wamid.out.${lead}`,
      ...(outcome === 'failed' ? { code: '131026' } : {}),
    }));
}

/** Requests that came by mail: whole, lacking something, of a doubtful sender; set right or refused by hand. */
export function planMails({ lead, from, random, at }: Planning, phone: string, requester: string): void {
  const chance = (share: number): boolean => random() < share;
  if (!chance(0.06)) return;
  const draft = `draft-${lead}`;
  const identity = { ...noFacts, phones: [{ value: phone, origin: 'mailbox', raw: phone }] };
  const read = {
    name: 'Luna Tejedor',
    phone,
    email: chance(0.6) ? 'luna@example.com' : null,
    source: 'Facebook',
    imageDatedOn: chance(0.7) ? '2024-07-01' : null,
    firstContact: chance(0.7),
  };
  const mail = (place: number, more: object): Told => ({
    fact: 'mail.received',
    actor: 'mailbox',
    mail: `mail-${lead}-${place}`,
    kind: 'claim',
    size: 1_000,
    sha256: 'cd'.repeat(32),
    person: requester,
    draft,
    read,
    identity,
    image: { media: `mail-${lead}-${place}-0`, takenAt: null },
    proven: true,
    ...more,
  });
  at(from, () => mail(0, { proven: chance(0.9) }));
  if (chance(0.4)) at(plus(from, HOUR), () => mail(1, { read: { ...read, email: 'luna@example.com' } }));
  const by = 'administrator';
  if (chance(0.4))
    at(plus(from, 2 * HOUR), () => ({
      ...read,
      fact: 'draft.corrected',
      actor: by,
      by,
      draft,
      identity,
      email: 'luna@example.com',
      imageDatedOn: '2024-07-01',
      image: null,
      firstContact: true,
      lead: chance(0.5) ? lead : null,
    }));
  if (chance(0.3))
    at(plus(from, 3 * HOUR), () => ({
      fact: 'draft.refused',
      actor: by,
      by,
      draft,
      reason: 'Falta la imagen',
    }));
  if (chance(0.5))
    at(plus(from, 4 * HOUR), () => ({
      fact: 'draft.settled',
      actor: 'mailbox',
      draft,
      why: chance(0.7) ? null : 'not-holder',
    }));
}
