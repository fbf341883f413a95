import { noFacts, type ConsentRecord, type HeldFacts } from '../contacts/index.ts';
import { wordsAside, type Recall, type Recalled } from '../decisions/index.ts';
import { isErased, type JournalEntry, type Json } from '../journal/index.ts';

/** What a source told; or a call from a number of nobody's, which told of a lead first. */
const arrival: Recall = (entry, followed) => {
  if (restsOnErased(entry, followed)) return null;
  const arrived = arrivalOf(entry, followed);
  const call = followed.find(({ entry: name }) => name === 'call.reported');
  if (call === undefined) return arrived;
  const told = { pbxCall: null, ...call.fields, recordings: recordingsOf(call) };
  const fact = Object.assign(told, {
    fact: 'call.reported',
    actor: call.actor,
    lead: null,
    arrival: arrived.fact,
  });
  return { ...arrived, fact };
};

/** From what was recorded of it: who the person is stands with who they were recognized as. */
function arrivalOf(entry: JournalEntry, followed: readonly JournalEntry[]): Recalled {
  const recognized = followed.find(({ entry: name }) => RECOGNIZED.has(name));
  const personal = entry.personal ?? {};
  const { facts, consent } = (recognized?.personal ?? {}) as unknown as {
    readonly facts?: HeldFacts;
    readonly consent?: ConsentRecord | null;
  };
  const contacted = followed.find(({ entry: name }) => name === 'lead.contacted');
  const evidence = contacted?.fields['evidence'] as { readonly startedAt?: string } | undefined;
  const fact = Object.assign({}, entry.fields, {
    fact: entry.entry,
    actor: entry.actor,
    lead: entry.lead ?? '',
    identity: facts ?? noFacts,
    consent: consent ?? null,
    asReceived: { name: null, phones: [], emails: [], message: null, fields: {}, ...personal },
    // Its body was used up when it came.
    receipt: null,
    ...(entry.entry === 'lead.imported' ? { contactedAt: evidence?.startedAt ?? null } : {}),
  });
  return { fact, ids: followed.flatMap(idsDrawn) };
}

const RECOGNIZED: ReadonlySet<string> = new Set(['contact.registered', 'contact.recognized']);

/** Who else it may have been, and what the person said of being contacted, went with an erased person's data. */
function restsOnErased(entry: JournalEntry, followed: readonly JournalEntry[]): boolean {
  if (followed.some((each) => each.entry === 'contact.doubt-raised' && isErased(each))) return true;
  return isErased(entry) && followed.some(({ entry: name }) => OF_CONSENT.test(name));
}

const OF_CONSENT = /^(?:gate|consent)\.|^contact\.opted-/;

function idsDrawn({ entry, contact, fields }: JournalEntry): string[] {
  if (entry === 'contact.registered') return contact == null ? [] : [contact];
  return entry === 'contact.doubt-raised' && typeof fields['doubt'] === 'string' ? [fields['doubt']] : [];
}

const reported: Recall = (entry) => {
  const { fields, actor } = entry;
  const told = { pbxCall: null, ...fields, recordings: recordingsOf(entry) };
  return { fact: Object.assign(told, { fact: 'call.reported', actor }) };
};

/** Where they are kept is the person's own, and decides nothing. */
function recordingsOf({ personal }: JournalEntry): readonly Json[] {
  const recordings = personal?.['recordings'];
  return Array.isArray(recordings) ? recordings : [];
}

/** Its words decide nothing: of an erased person it is told without them. */
const seen: Recall = ({ actor, fields, personal = {} }) => {
  const { message, ...rest } = fields;
  // A channel without ids of its own: one was drawn.
  if (rest['form'] === undefined && typeof message === 'string')
    return { fact: Object.assign({}, rest, { fact: 'message', actor }), ids: [message] };
  return { fact: Object.assign({}, fields, personal, { fact: 'message', actor }) };
};

/** What a channel said of a message that will not be told again: one to a client, or of before. */
const outcome: Recall = ({ entry, actor, fields, personal = {} }, followed) => {
  const instead = followed.find(({ entry: name }) => name === 'told');
  const next = instead?.fields['channel'] ?? null;
  const told = { ...fields, ...personal, outcome: entry.slice('message.'.length), next };
  return { fact: Object.assign(told, { fact: 'message.outcome', actor }) };
};

/** Whatever the gate answered, it is asked again. */
const asked: Recall = ({ actor, fields }, followed) => {
  const { lead, by, channel } = fields;
  const intent = followed.find(({ entry }) => entry === 'call.intended')?.fields['intent'] ?? null;
  return { fact: Object.assign({ fact: 'contact.attempted', actor }, { lead, by, channel, intent }) };
};

/** Who a person is does not depend on how a clause is read: what was settled about people is taken as recorded. */
export const recallLeads: ReadonlyMap<string, Recall | null> = new Map([
  ['lead.received', arrival],
  ['lead.registered', arrival],
  ['lead.imported', arrival],
  ['call.reported', reported],
  ['message', seen],
  ['message.outcome', outcome],
  ['contact.allowed', asked],
  ['contact.refused', asked],
  ['note', wordsAside('text')],
  ['lead.graded', wordsAside('reason')],
  ['lead.passed', wordsAside('reason')],
  ['lead.placed', wordsAside('reason')],
  // The gate's answer before it stands apart; what was written, and that it went, is taken as it was.
  ['message.written', null],
  ['call.intended', null],
  ['contact.unmerged', null],
  ['contact.erased', null],
  ['contact.exported', null],
  ['lead.forgotten', null],
]);
