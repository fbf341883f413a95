import { addDays, atLocal, isBusinessDay, isPublicHoliday, localDate } from '../src/calendar/index.ts';
import { keepImage } from '../src/claims/index.ts';
import { noFacts } from '../src/contacts/index.ts';
import type { Database } from '../src/platform/database.ts';
import { HOUR, MINUTE, plus, type Instant, type LocalDate } from '../src/platform/time.ts';
import { fullName } from './names.ts';
import { planMails } from './past-mails.ts';
import { prospect, type Prospect } from './people.ts';
import { seededFor } from './random.ts';
import { idOf, type SampleOrganization } from './sample-organization.ts';
import { screenshot } from './screenshot.ts';
import type { SimulatedHouse, Told } from './simulated-house.ts';

export interface PastClaimsParts {
  readonly house: SimulatedHouse;
  readonly sample: SampleOrganization;
  readonly seed: number;
  readonly until: Instant;
  readonly database: Database;
  readonly organization: string;
}

/** A lead of the history that somebody will ask for. */
export interface ClaimedLead {
  readonly lead: string;
  readonly holder: string;
  readonly person: Prospect;
}

const ADVISOR = (number: number): string => `asesor-${number}`;

/**
 * The claims of the past, one in each state that the control area's desk knows: ruled either way, agreed, appealed, sent
 * back, to be ruled soon, waiting for evidence, just come in, in the mailbox; and leads whose protection runs out within hours.
 */
export function planClaims(parts: PastClaimsParts): void {
  const told = teller(parts);
  const days = calendarOf(parts);
  kept(told, days);
  lostByItself(told, days);
  agreed(told, days);
  appealed(told, days, parts.until);
  dueSoon(told, days, parts.until);
  waitsForEvidence(told, parts.until);
  justCame(told, parts.until);
  sentBack(told, parts.until);
  clocks(told, days, parts.until);
  planMails({ ...parts, registered: told.registered });
}

type Teller = ReturnType<typeof teller>;
type Days = ReturnType<typeof calendarOf>;
type Detail = { readonly [field: string]: unknown };

function teller({ house, sample, seed, database, organization }: PastClaimsParts) {
  const code = sample.country === 'MX' ? '+52' : '+57';
  const control = idOf(sample, 'control');
  let count = 0;

  const at = (when: Instant, by: string, fact: string, more: Detail): void =>
    house.at(when, async () => {
      await house.submit({ fact, actor: by, by, ...more } satisfies Told);
    });

  /** A picture, and what the fact says of it. */
  async function picture(lead: string, by: string, lines: readonly string[]) {
    const about = { id: house.newId(), lead, fileName: 'captura.png', by, at: house.now() };
    const bytes = screenshot(lines);
    const kept = await database.inOrganization(organization, (tx) =>
      keepImage(tx, organization, { ...about, bytes }),
    );
    if ('fault' in kept) throw new Error(`a screenshot that is no picture: ${kept.fault}`);
    return kept;
  }

  function registered(when: Instant, holder: string): ClaimedLead {
    const random = seededFor(seed, 'claimed', String((count += 1)));
    const person = prospect(random, sample.country);
    const lead = house.newId();
    const name = fullName(person.name);
    const origin = `walk-in:${lead}`;
    at(when, holder, 'lead.registered', {
      lead,
      source: 'walk-in',
      sourceId: null,
      zone: null,
      referredBy: null,
      sentAt: null,
      test: false,
      identity: {
        ...noFacts,
        names: [{ value: name, origin, raw: name }],
        phones: [{ value: `${code}${person.phone}`, origin, raw: person.phone }],
        emails: [{ value: person.email.toLowerCase(), origin, raw: person.email }],
      },
      consent: null,
      campaign: {},
      receipt: null,
      asReceived: { name, phones: [person.phone], emails: [person.email], message: null, fields: {} },
    });
    return { lead, holder, person };
  }

  return {
    at,
    control,
    registered,
    zone: sample.zone,
    call({ lead, holder }: ClaimedLead, when: Instant, talkSeconds = 95): void {
      const call = `claimed-${(count += 1)}-${lead.slice(-8)}`;
      const spent = { answered: talkSeconds > 0, ringSeconds: 11, talkSeconds };
      at(when, holder, 'call.reported', {
        actor: 'pbx',
        call,
        lead,
        direction: 'out',
        startedAt: when,
        ...spent,
      });
    },
    /** One of theirs, and the person's answer. */
    messages({ lead, holder }: ClaimedLead, when: Instant): void {
      const about = { lead, channel: 'whatsapp', verifiable: true };
      at(when, holder, 'message', { ...about, from: null });
      house.at(plus(when, 20 * MINUTE), async () => {
        await house.submit({ fact: 'message', actor: 'whatsapp', ...about, by: null, from: 'client' });
      });
    },
    request(claim: string, { lead, person }: ClaimedLead, by: string, when: Instant, whole = true): void {
      house.at(when, async () => {
        const day = localDate(house.now(), sample.zone);
        const name = fullName(person.name);
        const shown = whole
          ? await picture(lead, by, ['REGISTRO EN FERIA', `FECHA ${day}`, name, `TEL ${person.phone}`])
          : null;
        await house.submit({
          fact: 'claim.requested',
          actor: by,
          by,
          claim,
          lead,
          name,
          phone: person.phone,
          email: person.email,
          source: 'Feria de vivienda',
          sourceImageDatedOn: whole ? day : null,
          sourceImage: shown?.id ?? null,
          sourceImageSha256: shown?.sha256 ?? null,
          firstContactShown: whole,
        });
      });
    },
    ask: (claim: string, when: Instant): void => at(when, control, 'claim.statusAsked', { claim }),
    complete(
      claim: string,
      { lead, holder }: ClaimedLead,
      when: Instant,
      shownAt: Instant | null = null,
    ): void {
      house.at(when, async () => {
        const lines = ['CHAT CON EL CLIENTE', (shownAt ?? when).slice(0, 10), 'QUEDAMOS EL JUEVES'];
        const shown = shownAt === null ? null : await picture(lead, holder, lines);
        const of = { direction: 'out', channel: 'whatsapp', verifiable: true, answered: true } as const;
        const interactions =
          shown === null ? [] : [{ ...of, at: shownAt, image: shown.id, sha256: shown.sha256 }];
        await house.submit({
          fact: 'evidence.sent',
          actor: holder,
          by: holder,
          claim,
          interactions,
          complete: true,
        });
      });
    },
    rule: (claim: string, when: Instant, outcome: 'keep' | 'reassign', reasons: string | null = null): void =>
      at(when, control, 'claim.confirmed', { claim, outcome, reasons }),
  };
}

function calendarOf({ sample, until }: PastClaimsParts) {
  const { zone, country } = sample;
  const today = localDate(until, zone);
  const calendar = {
    zone,
    weekdays: [1, 2, 3, 4, 5] as const,
    holidays: (date: LocalDate) => isPublicHoliday(country, date),
    hours: { opens: '08:00', closes: '18:00' },
  };
  /** The nth working day before a day. */
  const workdayBefore = (day: LocalDate, n: number): LocalDate => {
    let found = day;
    for (let left = n; left > 0;) {
      found = addDays(found, -1);
      if (isBusinessDay(found, calendar)) left -= 1;
    }
    return found;
  };
  return {
    today,
    ago: (days: number, time: string): Instant => atLocal(`${addDays(today, -days)}T${time}`, zone),
    workday: (n: number, time: string): Instant => atLocal(`${workdayBefore(today, n)}T${time}`, zone),
    /** When a claim was asked whose ruling is due then. */
    askedFor: (due: Instant): Instant => {
      const day = localDate(due, zone);
      const days = Math.round((Date.parse(day) - Date.parse(workdayBefore(day, 1))) / (24 * HOUR));
      return plus(due, -days * 24 * HOUR);
    },
  };
}

function kept(told: Teller, { ago, workday }: Days): void {
  const lead = told.registered(ago(13, '10:00'), ADVISOR(1));
  told.call(lead, ago(13, '10:30'));
  told.messages(lead, ago(12, '18:00'));
  told.call(lead, ago(8, '12:15'));
  told.request('claim-kept', lead, ADVISOR(6), workday(4, '10:00'));
  told.ask('claim-kept', workday(4, '10:40'));
  told.complete('claim-kept', lead, workday(4, '12:05'), ago(9, '17:30'));
  told.rule('claim-kept', workday(4, '13:20'), 'keep');
}

/** Nothing counts by the end of the day: the ruling needs nobody. */
function lostByItself(told: Teller, { ago, workday }: Days): void {
  const lead = told.registered(ago(12, '11:00'), ADVISOR(3));
  told.at(ago(11, '09:30'), lead.holder, 'note', { lead: lead.lead, text: 'Pendiente de llamarle.' });
  told.request('claim-lost', lead, ADVISOR(1), workday(3, '11:00'));
  told.ask('claim-lost', workday(3, '11:20'));
}

function agreed(told: Teller, { ago, workday }: Days): void {
  const lead = told.registered(ago(10, '16:00'), ADVISOR(4));
  told.call(lead, ago(10, '16:20'));
  told.request('claim-agreed', lead, ADVISOR(8), workday(3, '16:00'));
  told.ask('claim-agreed', workday(3, '16:30'));
  for (const [party, time] of [
    [ADVISOR(4), '09:40'],
    [ADVISOR(8), '10:10'],
  ] as const)
    told.at(workday(2, time), party, 'claim.agreed', {
      claim: 'claim-agreed',
      signedBy: [party],
      holder: ADVISOR(8),
    });
}

function appealed(told: Teller, { ago, workday }: Days, until: Instant): void {
  const lead = told.registered(ago(13, '12:00'), ADVISOR(2));
  told.call(lead, ago(9, '12:30'));
  told.messages(lead, ago(8, '10:00'));
  told.request('claim-appealed', lead, ADVISOR(5), workday(2, '09:30'));
  told.ask('claim-appealed', workday(2, '10:00'));
  told.complete('claim-appealed', lead, workday(2, '11:00'));
  told.rule('claim-appealed', workday(2, '12:15'), 'reassign');
  told.at(plus(until, -3 * HOUR), lead.holder, 'claim.appealed', {
    claim: 'claim-appealed',
    reasons: 'El primer contacto fue antes, en la sala de ventas: está la hoja de visita.',
  });
}

function dueSoon(told: Teller, { ago, askedFor }: Days, until: Instant): void {
  const lead = told.registered(ago(11, '13:00'), ADVISOR(5));
  told.call(lead, ago(11, '13:40'));
  told.messages(lead, ago(10, '19:00'));
  told.call(lead, ago(6, '11:10'));
  const asked = askedFor(plus(until, 95 * MINUTE));
  told.request('claim-due-soon', lead, ADVISOR(9), asked);
  told.ask('claim-due-soon', plus(asked, 20 * MINUTE));
  told.complete('claim-due-soon', lead, plus(asked, 50 * MINUTE));
}

/** Its phone was changed two days before it was asked for. */
function waitsForEvidence(told: Teller, until: Instant): void {
  const lead = told.registered(plus(until, -9 * 24 * HOUR), ADVISOR(1));
  told.call(lead, plus(until, -9 * 24 * HOUR + 25 * MINUTE));
  told.messages(lead, plus(until, -8 * 24 * HOUR));
  const { phone } = lead.person;
  const value = `${phone.slice(0, 8)}${phone.endsWith('17') ? '71' : '17'}`;
  const code = told.zone === 'America/Bogota' ? '+57' : '+52';
  const origin = `edit:${lead.lead}`;
  told.at(plus(until, -2 * 24 * HOUR), lead.holder, 'lead.edited', {
    lead: lead.lead,
    field: 'phone',
    value,
    held: { ...noFacts, phones: [{ value: `${code}${value}`, origin, raw: value }] },
  });
  told.request('claim-asked', lead, ADVISOR(6), plus(until, -2 * HOUR));
  told.ask('claim-asked', plus(until, -80 * MINUTE));
}

function justCame(told: Teller, until: Instant): void {
  const lead = told.registered(plus(until, -6 * 24 * HOUR), ADVISOR(4));
  told.call(lead, plus(until, -6 * 24 * HOUR + HOUR), 0);
  told.request('claim-open', lead, ADVISOR(10), plus(until, -25 * MINUTE));
}

function sentBack(told: Teller, until: Instant): void {
  const lead = told.registered(plus(until, -7 * 24 * HOUR), ADVISOR(8));
  told.request('claim-returned', lead, ADVISOR(1), plus(until, -20 * HOUR), false);
}

/** Terms that run out within hours: 72 hours, 36 hours, the date agreed with the client, 30 days. */
function clocks(told: Teller, { today }: Days, until: Instant): void {
  told.registered(plus(until, -70 * HOUR), ADVISOR(1));
  const once = told.registered(plus(until, -40 * HOUR), ADVISOR(1));
  told.call(once, plus(until, -34 * HOUR));
  const promised = told.registered(plus(until, -8 * 24 * HOUR), ADVISOR(1));
  told.call(promised, plus(until, -8 * 24 * HOUR + HOUR));
  told.at(plus(until, -7 * 24 * HOUR), promised.holder, 'lead.incubated', {
    lead: promised.lead,
    nextContactOn: today,
    evidence: true,
  });
  const old = told.registered(plus(until, -31 * 24 * HOUR), ADVISOR(1));
  told.call(old, plus(until, -30 * 24 * HOUR));
  told.messages(old, plus(until, -29 * 24 * HOUR));
}
