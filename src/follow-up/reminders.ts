import { appointment as appointmentOf, type Appointment } from '../appointments/index.ts';
import { localDateTime } from '../calendar/index.ts';
import { tell, type Deciding } from '../decisions/index.ts';
import { askGate, writeMessage } from '../leads/index.ts';
import { noticeLanguage } from '../messages/index.ts';
import { HOUR, MINUTE, plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';

const ADVISOR_BEFORE_MILLISECONDS = HOUR;
/** The day before; of one booked later than that, some hours before. */
const CLIENT_BEFORE_MILLISECONDS = [24 * HOUR, 3 * HOUR] as const;
const ASK_AFTER_MILLISECONDS = 15 * MINUTE;

type Reminders = Pick<Appointment, 'remindAt' | 'remindClientAt' | 'askAt'>;

export const NO_REMINDERS: Reminders = { remindAt: null, remindClientAt: null, askAt: null };

/** Whom a meeting is recalled to, and when; what would be past already is left out. */
export function reminders(
  { startsAt, endsAt }: Pick<Appointment, 'startsAt' | 'endsAt'>,
  now: Instant,
): Reminders {
  const ahead = (at: Instant): Instant | null => (at > now ? at : null);
  const toClient = CLIENT_BEFORE_MILLISECONDS.map((before) => plus(startsAt, -before)).find((at) => at > now);
  return {
    remindAt: ahead(plus(startsAt, -ADVISOR_BEFORE_MILLISECONDS)),
    remindClientAt: toClient ?? null,
    askAt: ahead(plus(endsAt, ASK_AFTER_MILLISECONDS)),
  };
}

const BECAUSE = [houseRule('reminders')];

function reminded(deciding: Deciding, { id, lead, contact, person }: Appointment, what: string): void {
  deciding.record({
    entry: 'appointment.reminded',
    kind: 'decision',
    because: BECAUSE,
    lead,
    contact,
    person,
    fields: { appointment: id, lead, what },
  });
}

/** An hour before: whoever attends. */
export function remindAdvisor(id: string, deciding: Deciding): void {
  const meeting = appointmentOf(deciding.world, id);
  if (meeting === undefined) return;
  reminded(deciding, meeting, 'advisor');
  const { lead, person: to, startsAt } = meeting;
  tell(deciding, { to, about: 'appointment.soon', because: BECAUSE, lead, values: { lead, startsAt } });
}

/** The meeting is over and nobody has said how it went. */
export function askHowItWent(id: string, deciding: Deciding): void {
  const meeting = appointmentOf(deciding.world, id);
  if (meeting === undefined) return;
  reminded(deciding, meeting, 'ask');
  const { lead, person: to, startsAt } = meeting;
  tell(deciding, { to, about: 'appointment.ask', because: BECAUSE, lead, values: { lead, startsAt } });
}

/** The person of the lead, by the approved text and only if the gate allows it; its no stands in the journal. */
export function remindClient(id: string, deciding: Deciding): void {
  const meeting = appointmentOf(deciding.world, id);
  if (meeting === undefined) return;
  if (waitsForRuling(deciding, meeting)) return;
  reminded(deciding, meeting, 'client');
  // What waited until the meeting itself began recalls nothing any more.
  if (meeting.startsAt <= deciding.now) return;
  const refused = writeMessage(
    {
      fact: 'message.written',
      actor: 'clock',
      message: `reminder-${id}-${meeting.startsAt}`,
      lead: meeting.lead,
      by: meeting.person,
      channel: 'whatsapp',
      text: null,
      template: 'appointment-reminder',
      when: spoken(deciding, meeting.startsAt),
    },
    deciding,
  );
  if (refused !== undefined)
    deciding.record({
      entry: 'fact.refused',
      kind: 'decision',
      because: refused.because,
      lead: meeting.lead,
      fields: { fact: 'message.written', why: refused.refused },
    });
}

/** 'jueves, 4 de julio, 10:30' */
function spoken({ organization }: Deciding, at: Instant): string {
  const local = localDateTime(at, organization.zone);
  const day = new Intl.DateTimeFormat(noticeLanguage(organization.locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return `${day.format(new Date(`${local.slice(0, 10)}T00:00:00Z`))}, ${local.slice(11, 16)}`;
}

/** lead-reassignment L4: while the person is frozen nothing scheduled goes out; it goes with the ruling, if the meeting is still ahead. */
function waitsForRuling(
  deciding: Deciding,
  { id, lead, contact, person: by, startsAt }: Appointment,
): boolean {
  const { world, rules, now } = deciding;
  if (startsAt <= now) return false;
  const answer = askGate(world, rules, { lead, by, channel: 'whatsapp', at: now });
  if (answer.answer === 'allowed' || answer.why !== 'frozen') return false;
  deciding.record({
    entry: 'appointment.reminder-waits',
    kind: 'decision',
    because: answer.because,
    lead,
    contact,
    person: by,
    fields: { appointment: id, lead, startsAt },
  });
  return true;
}
