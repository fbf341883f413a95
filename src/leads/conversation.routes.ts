import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { mayDo, type SignedIn } from '../access/index.ts';
import { decideFact, readOrganization, type Fact, type Refusal } from '../decisions/index.ts';
import {
  CLIENT_TEMPLATES,
  conversationOf,
  fillClientTemplate,
  mediaOf,
  noticeLanguage,
  readBytes,
  threadsOf,
  windowOf,
} from '../messages/index.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { instant } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { gateRefusal, orRefuse, reachedLead, type LeadRouteParts } from './reach.ts';
import { contactView, leadsOfSamePerson } from './views.store.ts';

const WORDS_CHARACTERS_MAX = 4_000;
const SUBJECT_CHARACTERS_MAX = 200;
const MESSAGES_A_PAGE = 60;
/** What a browser may show in place; anything else it may only save. */
const SHOWN_IN_PLACE = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/(?:ogg|mpeg|mp4|aac|amr)|video\/mp4)\b/;

const ids = z.string().min(8).max(64);

/** The conversation with the person behind a lead: what was written on every channel, and writing. */
export function conversationRoutes(app: HttpApp, parts: LeadRouteParts): void {
  const { database, house, clock, signedIn } = parts;
  const params = z.object({ lead: z.string() });
  const page = z.object({ before: z.iso.datetime().optional() });

  app.get(
    '/api/leads/:lead/conversation',
    { config: { may: 'leads.see' }, schema: { params, querystring: page } },
    async (request) => {
      const who = signedIn(request);
      const id = request.params.lead;
      const { before } = request.query;
      const now = clock.now();
      const seen = await database.inOrganization(who.organization.id, async (tx) => {
        const { lead, masked } = await reachedLead(tx, who, id, 'leads.see');
        const leads = lead.contact === null ? [id] : await leadsOfSamePerson(tx, lead.contact);
        const messages = await conversationOf(tx, leads, {
          before: before === undefined ? null : instant(before),
          limit: MESSAGES_A_PAGE,
        });
        const threads = await threadsOf(tx, leads);
        const person = lead.contact === null ? null : await contactView(tx, lead.contact);
        return {
          messages: masked
            ? messages.map((each) => ({ ...each, words: null, subject: null, media: [] }))
            : messages,
          more: messages.length === MESSAGES_A_PAGE,
          unread: threads.reduce((sum, { unread }) => sum + unread, 0),
          window: windowOf(threads, now),
          ways: {
            // Who wrote by WhatsApp can be answered there, phone or no phone.
            whatsapp: (person?.phones.length ?? 0) > 0 || threads.some(({ heardAt }) => heardAt !== null),
            email: (person?.emails.length ?? 0) > 0,
          },
          templates: masked ? [] : await templatesFor(tx, who, person?.names[0]?.value ?? null),
          people: Object.fromEntries((await listPeople(tx)).map((each) => [each.id, each.name])),
        };
      });
      return { now, ...seen, write: await writingOf(who, id) };
    },
  );

  /** What the gate would say of writing now, by channel; null: nothing against it. */
  async function writingOf(
    who: SignedIn,
    lead: string,
  ): Promise<{ readonly whatsapp: Refusal | null; readonly email: Refusal | null }> {
    if (!mayDo(who, 'leads.write')) return { whatsapp: NOT_YOURS, email: NOT_YOURS };
    const me = who.person.id;
    const ask = (channel: string): Promise<Refusal | null> => {
      const fact = { fact: 'contact.attempted', actor: me, by: me, lead, channel };
      return house.look(who.organization.id, [fact], (decider) => {
        const { refused, entries } = decideFact(decider, fact);
        return refused ?? gateRefusal(entries.map(({ entry }) => entry));
      });
    };
    return { whatsapp: await ask('whatsapp'), email: await ask('email') };
  }

  const words = z.object({
    message: ids,
    channel: z.enum(['whatsapp', 'email']),
    text: z.string().trim().min(1).max(WORDS_CHARACTERS_MAX).nullable().default(null),
    template: z.enum(CLIENT_TEMPLATES).nullable().default(null),
    subject: z.string().trim().min(1).max(SUBJECT_CHARACTERS_MAX).optional(),
    repliesTo: ids.optional(),
  });
  app.post(
    '/api/leads/:lead/messages',
    { config: { may: 'leads.write' }, schema: { params, body: words } },
    async (request) => {
      const who = await reaching(request, request.params.lead, 'leads.write');
      const { channel, subject } = request.body;
      if (channel === 'email' && subject === undefined)
        return refuse({ refused: 'subject-missing', field: 'subject' });
      const told = {
        fact: 'message.written',
        actor: who.person.id,
        by: who.person.id,
        lead: request.params.lead,
      };
      const { entries } = orRefuse(await house.submit(who.organization.id, { ...told, ...request.body }));
      const no = gateRefusal(entries);
      if (no !== null) return refuse({ ...no });
      const written = entries.find(({ entry }) => entry === 'message.written');
      return { message: request.body.message, notBefore: written?.fields['notBefore'] ?? null };
    },
  );

  const ofMessage = z.object({ lead: z.string(), message: ids });
  app.delete(
    '/api/leads/:lead/messages/:message',
    { config: { may: 'leads.write' }, schema: { params: ofMessage } },
    async (request) => {
      const who = await reaching(request, request.params.lead, 'leads.write');
      const { message } = request.params;
      const fact = { fact: 'message.canceled', actor: who.person.id, by: who.person.id, message };
      orRefuse(await house.submit(who.organization.id, fact));
      return { canceled: message };
    },
  );

  app.post(
    '/api/leads/:lead/conversation/read',
    { config: { may: 'leads.write' }, schema: { params } },
    async (request) => {
      const who = await reaching(request, request.params.lead, 'leads.write');
      const leads = await database.inOrganization(who.organization.id, async (tx) => {
        const { lead } = await reachedLead(tx, who, request.params.lead, 'leads.write');
        return lead.contact === null ? [lead.id] : leadsOfSamePerson(tx, lead.contact);
      });
      for (const lead of leads)
        await house.submit(who.organization.id, {
          fact: 'thread.read',
          actor: who.person.id,
          by: who.person.id,
          lead,
        } as Fact);
      return { status: true };
    },
  );

  const ofMedia = z.object({ lead: z.string(), media: z.string().min(1).max(120) });
  app.get(
    '/api/leads/:lead/media/:media',
    { config: { may: 'leads.see' }, schema: { params: ofMedia } },
    async (request, reply) => {
      const who = signedIn(request);
      const { organization } = who;
      const file = await database.inOrganization(organization.id, async (tx) => {
        const about = await mediaOf(tx, request.params.media);
        if (about === null) return refuse({ refused: 'no-such-media' });
        const { lead, masked } = await reachedLead(tx, who, request.params.lead, 'leads.see');
        const leads = lead.contact === null ? [lead.id] : await leadsOfSamePerson(tx, lead.contact);
        const bytes =
          masked || !leads.includes(about.lead)
            ? null
            : await readBytes(tx, organization.id, request.params.media);
        return bytes === null ? refuse({ refused: 'no-such-media' }) : { ...about, ...bytes };
      });
      const mime = file.mime ?? 'application/octet-stream';
      const shown = SHOWN_IN_PLACE.test(mime);
      const name = encodeURIComponent(file.name ?? request.params.media);
      return reply
        .header('content-disposition', `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=86400')
        .type(shown ? mime : 'application/octet-stream')
        .send(file.bytes);
    },
  );

  async function reaching(
    request: FastifyRequest,
    lead: string,
    permission: 'leads.write',
  ): Promise<SignedIn> {
    const who = signedIn(request);
    await database.inOrganization(who.organization.id, (tx) => reachedLead(tx, who, lead, permission));
    return who;
  }
}

/** As each would be read by this person, from this author: nobody sends what they have not seen. */
async function templatesFor(tx: Tx, { organization, person }: SignedIn, name: string | null) {
  const known = await readOrganization(tx, organization.id);
  const values = { name: name?.split(' ')[0] ?? null, advisor: person.name, company: known?.name ?? '' };
  return CLIENT_TEMPLATES.filter((each) => each !== 'appointment-reminder').map((template) => ({
    template,
    text: fillClientTemplate(template, values, noticeLanguage(known?.locale ?? 'es-MX')).text,
  }));
}

const NOT_YOURS: Refusal = { refused: 'not-your-role', because: [] };
