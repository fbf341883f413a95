import { localDate } from '../calendar/index.ts';
import { contactsKnownBy, noFacts, readEmail, readOptOut, type HeldFacts } from '../contacts/index.ts';
import { readOrganization, type Fact, type House } from '../decisions/index.ts';
import { emailAddresses, inboundId, repliedTo, storeBytes, type ClientMessage } from '../messages/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { NewId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Clock } from '../platform/time.ts';
import { listPeople, mayHoldLeads, type Person } from '../staff/index.ts';
import { createHash } from 'node:crypto';
import type { Draft, DraftWords } from './draft.ts';
import type { MailReceived } from './draft-acts.ts';
import { completeDrafts, draftByTag, oneDraft, saveWords, wordsOf } from './drafts.store.ts';
import { isProven, machineKind, taggedDraft, type MailKind } from './kind-of-mail.ts';
import { keyOfId } from './mail-key.ts';
import {
  draftOfThread,
  finishMail,
  readMailbox,
  setDraft,
  storeFile,
  type StoredMail,
} from './mails.store.ts';
import { parseMail, type MailRead } from './parse-mail.adapter.ts';
import { joined, ownWords, readRequest, type RequestReader } from './read-request.ts';

export interface MailParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit' | 'features'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
  /** `keyFor(secret, 'channels')` */
  readonly key: Buffer;
  /** Keeps the image of a draft with its claim, and gives its id there and the hash of its bytes. */
  readonly keepImage?: (organization: string, draft: Draft) => Promise<KeptImage | null>;
}

interface KeptImage {
  readonly id: string;
  readonly sha256: string;
}

const DRAFTS_A_ROUND_MAX = 20;

/** What follows from one mail. Safe to do again: every fact it tells is known by the mail's own id. */
export async function settleMail(parts: MailParts, organization: string, stored: StoredMail): Promise<void> {
  const { database } = parts;
  const parsed = await parseMail(stored.raw);
  if ('fault' in parsed) {
    await database.inOrganization(organization, (tx) =>
      finishMail(tx, organization, stored.id, { kind: null, draft: null, fault: parsed.fault }),
    );
    return;
  }
  const { mail } = parsed;
  const desk = await database.inOrganization(organization, (tx) => openDesk(parts, tx, organization));
  const person = desk.people.find((each) => each.leftAt === null && folded(each.email) === mail.from) ?? null;
  const machine = machineKind(mail, desk.own, person !== null);
  if (machine !== null) {
    if (machine === 'bounce') await settleBounce(parts, organization, mail);
    return finish(parts, organization, stored, { kind: machine, person: person?.id ?? null });
  }
  await keepFiles(parts, organization, stored.id, mail);
  if (person !== null && mayHoldLeads(person))
    return settleRequest(parts, organization, stored, mail, person, desk);
  const heard = person === null && (await hearClient(parts, organization, stored, mail));
  return finish(parts, organization, stored, {
    kind: heard ? 'client' : 'unknown',
    person: person?.id ?? null,
  });
}

interface Desk extends RequestReader {
  readonly people: readonly Person[];
  /** What we ourselves send from, or read. */
  readonly own: ReadonlySet<string>;
}

async function openDesk({ clock, key }: MailParts, tx: Tx, id: string): Promise<Desk> {
  const organization = await readOrganization(tx, id);
  if (organization === null) throw new Error(`no organization ${id}`);
  const people = await listPeople(tx);
  const addresses = [...(await emailAddresses(tx, id, key)), ...(await mailboxAddress(tx, id, key))];
  const own = new Set(addresses.map((each) => folded(each) ?? each));
  const theirs = people.flatMap(({ email, phone }) => [folded(email) ?? [], phone ?? []].flat());
  const today = localDate(clock.now(), organization.zone);
  return { people, own, ours: new Set([...own, ...theirs]), today, country: organization.country };
}

async function mailboxAddress(tx: Tx, organization: string, key: Buffer): Promise<string[]> {
  const mailbox = await readMailbox(tx, organization, key);
  return mailbox === null ? [] : [mailbox.settings.address];
}

function folded(email: string | null): string | null {
  const read = email === null ? null : readEmail(email);
  return read === null || 'refused' in read ? null : read.folded;
}

/** Files as they came, under ids that the same mail always gives; before anything is told of them. */
async function keepFiles(
  { database }: MailParts,
  organization: string,
  mail: string,
  { files }: MailRead,
): Promise<void> {
  for (const [place, file] of files.entries())
    await database.inOrganization(organization, async (tx) => {
      const id = fileId(mail, place);
      const { sha256, mime, bytes } = file;
      await storeBytes(tx, organization, { media: id, sha256, mime, bytes });
      await storeFile(tx, organization, mail, id, file);
    });
}

function fileId(mail: string, place: number): string {
  return `${mail}-${place}`;
}

async function settleRequest(
  parts: MailParts,
  organization: string,
  stored: StoredMail,
  mail: MailRead,
  person: Person,
  desk: Desk,
): Promise<void> {
  const { database, newId } = parts;
  const { draft, words } = await database.inOrganization(organization, async (tx) => {
    const thread = stored.draft ?? (await threadOf(tx, organization, mail));
    const known = thread === null ? null : await oneDraft(tx, thread);
    // What somebody else answers, or what comes after a no, is a request of its own.
    const goesOn = known !== null && known.requester === person.id && known.state !== 'refused';
    const id = goesOn || (stored.draft !== null && known === null) ? (thread ?? newId()) : newId();
    await setDraft(tx, organization, stored.id, id);
    const said = await wordsOf(tx, id);
    const found = readRequest(mail.text, desk);
    const earlier = {
      ...said,
      imageDatedOn: known?.imageDatedOn ?? null,
      firstContact: known?.firstContact ?? false,
    };
    const read = goesOn ? joined(earlier, found) : found;
    if (known?.state !== 'submitted')
      await saveWords(tx, organization, id, { ...read, subject: mail.subject });
    return { draft: id, words: read };
  });
  const place = mail.files.findIndex(({ image }) => image !== null && 'picture' in image);
  const picture = mail.files[place];
  const imageDamaged = picture === undefined && mail.files.some(({ image }) => image !== null);
  const fact: MailReceived = {
    fact: 'mail.received',
    actor: 'mailbox',
    mail: stored.id,
    kind: 'claim',
    size: stored.size,
    sha256: hashOf(stored.raw),
    person: person.id,
    draft,
    read: words,
    identity: identityOf(words),
    image: picture === undefined ? null : { media: fileId(stored.id, place), takenAt: picture.takenAt },
    imageDamaged,
    proven: isProven(mail.header),
  };
  await parts.house.submit(organization, fact);
  await database.inOrganization(organization, (tx) =>
    finishMail(tx, organization, stored.id, { kind: 'claim', draft, fault: null }),
  );
}

export function identityOf({
  phone,
  email,
}: {
  readonly phone: string | null;
  readonly email: string | null;
}): HeldFacts {
  const read = email === null ? null : readEmail(email);
  return {
    ...noFacts,
    phones: phone === null ? [] : [{ value: phone, origin: 'mailbox', raw: phone }],
    emails:
      read === null || 'refused' in read ? [] : [{ value: read.folded, origin: 'mailbox', raw: read.raw }],
  };
}

/** By its references, else by the tag that our own answers carry in the subject. */
async function threadOf(
  tx: Tx,
  organization: string,
  { references, subject }: MailRead,
): Promise<string | null> {
  const keys = references.flatMap((id) => keyOfId(id) ?? []);
  const found = await draftOfThread(tx, organization, keys, references);
  const tag = taggedDraft(subject);
  return found ?? (tag === null ? null : draftByTag(tx, tag));
}

/** A client who answers, or writes by themselves: a message of their conversation. False: it is nobody we know. */
async function hearClient(
  { database, house }: MailParts,
  organization: string,
  stored: StoredMail,
  mail: MailRead,
): Promise<boolean> {
  const { from, fromAddress, references } = mail;
  if (from === null || fromAddress === null) return false;
  const providerId = mail.messageId ?? stored.id;
  const repliesTo = await database.inOrganization(organization, (tx) =>
    repliedTo(tx, organization, references),
  );
  const words = ownWords(mail.text).join('\n').trim();
  const fact: ClientMessage = {
    fact: 'message',
    actor: 'email',
    lead: null,
    by: null,
    from: 'client',
    channel: 'email',
    verifiable: true,
    message: inboundId('email', providerId),
    identity: { ...noFacts, emails: [{ value: from, origin: 'email', raw: fromAddress }] },
    sentAt: stored.receivedAt,
    form: mail.files.length > 0 && words === '' ? 'media' : 'text',
    text: words === '' ? mail.text.slice(0, 4_000) : words,
    subject: mail.subject,
    providerId,
    address: fromAddress,
    repliesTo,
    media: mail.files.map(({ name, mime, sha256, bytes }, place) => ({
      id: fileId(stored.id, place),
      name,
      mime,
      sha256,
      size: bytes.byteLength,
    })),
    fromAd: false,
  };
  const { refused } = await house.submit(organization, fact);
  if (refused !== null) return false;
  const optOut = readOptOut(words);
  if (optOut === null) return true;
  const known = await database.inOrganization(organization, (tx) =>
    contactsKnownBy(tx, { phone: null, whatsappId: null, email: from }),
  );
  for (const contact of known) {
    const said = { scope: optOut.scope, origin: 'email', text: optOut.words, lead: null, by: null };
    await house.submit(organization, { fact: 'contact.opted-out', actor: 'email', contact, ...said } as Fact);
  }
  return true;
}

/** What came back for good did not arrive: its message says so, and counts for nothing. */
async function settleBounce(
  { database, house }: MailParts,
  organization: string,
  { returned }: MailRead,
): Promise<void> {
  if (returned === null || returned.status?.startsWith('5') !== true) return;
  const messages = await database.inOrganization(organization, async (tx) =>
    Promise.all(returned.ids.map((id) => repliedTo(tx, organization, [id]))),
  );
  for (const message of new Set(messages)) {
    if (message === null) continue;
    const code = returned.status;
    const fact = {
      fact: 'message.outcome',
      actor: 'email',
      channel: 'email',
      message,
      outcome: 'failed',
      code,
    };
    await house.submit(organization, fact satisfies Fact);
  }
}

async function finish(
  { database, house }: MailParts,
  organization: string,
  { id: mail, size, raw }: StoredMail,
  { kind, person }: { readonly kind: MailKind; readonly person: string | null },
): Promise<void> {
  const fact: MailReceived = {
    fact: 'mail.received',
    actor: 'mailbox',
    mail,
    kind,
    size,
    sha256: hashOf(raw),
    person,
    draft: null,
    read: null,
    image: null,
    imageDamaged: false,
    proven: true,
  };
  await house.submit(organization, fact);
  await database.inOrganization(organization, (tx) =>
    finishMail(tx, organization, mail, { kind, draft: null, fault: null }),
  );
}

function hashOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex');
}

/** Drafts that are complete become claims, by the draft's own id: asked twice it is one claim. */
export async function forwardDrafts(parts: MailParts, organization: string): Promise<number> {
  const { database, house, keepImage } = parts;
  if (!house.features.some(({ facts }) => facts.has('claim.requested'))) return 0;
  const drafts = await database.inOrganization(organization, (tx) => completeDrafts(tx, DRAFTS_A_ROUND_MAX));
  for (const draft of drafts) {
    const words = await database.inOrganization(organization, (tx) => wordsOf(tx, draft.id));
    const kept = (await keepImage?.(organization, draft)) ?? null;
    const { refused } = await house.submit(
      organization,
      claimOf(draft, words, kept, keepImage === undefined),
    );
    const why = refused === null || refused.refused === 'claim-exists' ? null : refused.refused;
    await house.submit(organization, {
      fact: 'draft.settled',
      actor: 'mailbox',
      draft: draft.id,
      why,
    } as Fact);
  }
  return drafts.length;
}

function claimOf(draft: Draft, words: DraftWords, kept: KeptImage | null, unseen: boolean): Fact {
  const { id, lead, requester, imageDatedOn, firstContact } = draft;
  const { email, phone, name, source } = words;
  const asked = { claim: id, lead, by: requester, email, phone, name, source };
  const image = { sourceImage: kept?.id ?? null, sourceImageSha256: kept?.sha256 ?? null };
  // The date counts only with the image it is read in.
  const sourceImageDatedOn = kept !== null || unseen ? imageDatedOn : null;
  const shown = { ...image, sourceImageDatedOn, firstContactShown: firstContact };
  return { fact: 'claim.requested', actor: requester, ...asked, ...shown };
}
