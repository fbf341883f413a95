import { noFacts, type ConsentRecord, type HeldFacts } from '../contacts/index.ts';
import type { Fact, Recall } from '../decisions/index.ts';
import type { JournalEntry } from '../journal/index.ts';

/** What a source told, from what was recorded of it: who the person is stands with who they were recognized as. */
const arrival: Recall = (entry, followed) => {
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
    identity: facts ?? somebody(recognized),
    consent: consent ?? null,
    asReceived: { name: null, phones: [], emails: [], message: null, fields: {}, ...personal },
    // Its body was used up when it came.
    receipt: null,
    ...(entry.entry === 'lead.imported' ? { contactedAt: evidence?.startedAt ?? null } : {}),
  });
  return { fact, ids: followed.flatMap(idsDrawn) };
};

const RECOGNIZED: ReadonlySet<string> = new Set(['contact.registered', 'contact.recognized']);

/** Of an erased person nothing is left but that it was the same one. */
function somebody(recognized: JournalEntry | undefined): HeldFacts {
  const id = recognized?.contact ?? null;
  if (id === null) return noFacts;
  return { ...noFacts, whatsappIds: [{ value: `erased:${id}`, origin: 'erased', raw: '' }] };
}

function idsDrawn({ entry, contact, fields }: JournalEntry): string[] {
  if (entry === 'contact.registered') return contact == null ? [] : [contact];
  return entry === 'contact.doubt-raised' && typeof fields['doubt'] === 'string' ? [fields['doubt']] : [];
}

const reported: Recall = ({ fields, actor }) => ({
  fact: Object.assign({ pbxCall: null }, fields, { fact: 'call.reported', actor }) as Fact,
});

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
  ['contact.allowed', asked],
  ['contact.refused', asked],
  // The gate's answer before it stands apart; what was written, and that it went, is taken as it was.
  ['message.written', null],
  ['call.intended', null],
  ['contact.unmerged', null],
  ['contact.erased', null],
  ['contact.exported', null],
  ['lead.forgotten', null],
]);
