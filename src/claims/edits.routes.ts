import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor } from '../access/index.ts';
import { contact, noFacts, readEmail, readPhone, type HeldFacts } from '../contacts/index.ts';
import type { Fact } from '../decisions/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { everybody } from '../staff/index.ts';
import { editFields, editsOfLead, mayEdit, valueOf, type EditField } from './edits.ts';
import { submitted, type ClaimRouteParts } from './routes.ts';

const VALUE_CHARACTERS_MAX = 254;

const params = z.object({ lead: z.string().max(100) });

/** The data of a lead as they stand, every change made to them, and the changing itself (R1, L10). */
export function editRoutes(app: HttpApp, parts: ClaimRouteParts): void {
  const { house, signedIn } = parts;

  app.get('/api/leads/:lead/data', { config: { may: 'leads.see' }, schema: { params } }, async (request) => {
    const who = signedIn(request);
    const id = request.params.lead;
    const scope = scopeFor(who, 'leads.see');
    const about = { fact: 'lead.edited', actor: who.person.id, lead: id } as Fact;
    return house.look(who.organization.id, [about], ({ world, now }) => {
      const lead = leadOf(world, id);
      const staff = everybody(world);
      const reached = reachedPeople(scope, who.person.id, staff);
      if (lead === undefined || !reaches(reached, lead.holder)) return refuse({ refused: 'no-such-lead' });
      const known = lead.contact === null ? undefined : contact(world, lead.contact);
      const may = mayDo(who, 'leads.edit') && known?.erasedAt == null && mayEdit(world, lead, who.person.id);
      // Who sees leads without names and phones sees that there was a change, not what it said.
      const hide = scope === 'all-without-personal-data';
      const edits = editsOfLead(world, id).toSorted((a, b) => (a.at < b.at ? 1 : -1));
      return {
        now,
        may,
        values: may
          ? Object.fromEntries(editFields.map((field) => [field, valueOf(world, known, lead, field)]))
          : {},
        edits: edits.map(({ id: edit, at, by, field, before, after, flags }) => {
          const said = hide ? { before: null, after: null } : { before, after };
          return { id: edit, at, by, field, flags, ...said };
        }),
        people: Object.fromEntries(staff.map(({ id: person, name }) => [person, name])),
      };
    });
  });

  const edit = z.strictObject({
    field: z.enum(editFields),
    value: z.string().trim().min(1).max(VALUE_CHARACTERS_MAX),
  });
  app.post(
    '/api/leads/:lead/data',
    { config: { may: 'leads.edit' }, schema: { params, body: edit } },
    async (request) => {
      const who = signedIn(request);
      const { lead } = request.params;
      const { field, value } = request.body;
      const held = heldOf(field, value, who.organization.country, `edit:${lead}`);
      await submitted(parts, who, { fact: 'lead.edited', lead, field, value, held });
      return { lead };
    },
  );
}

function heldOf(field: EditField, value: string, country: 'MX' | 'CO', origin: string): HeldFacts {
  if (field === 'name') return { ...noFacts, names: [{ value, origin, raw: value }] };
  if (field === 'phone') {
    const phone = readPhone(value, country);
    if ('refused' in phone) return refuse({ refused: 'phone-not-understood', field: 'value' });
    return { ...noFacts, phones: [{ value: phone.e164, origin, raw: phone.raw }] };
  }
  if (field !== 'email') return noFacts;
  const email = readEmail(value);
  if ('refused' in email) return refuse({ refused: 'email-not-understood', field: 'value' });
  return { ...noFacts, emails: [{ value: email.folded, origin, raw: email.raw }] };
}
