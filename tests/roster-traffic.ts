import { HOUR, instant, MINUTE, plus, type Instant } from '../src/platform/time.ts';

type Told = Record<string, unknown> & { fact: string };
type At = (when: Instant, fact: Told) => void;

const day = (on: string, time = '15:00'): Instant => instant(`${on}T${time}:00Z`);

/**
 * What a month brings to rosters besides leads: an exception signed and one withdrawn, August's guards planned, published and
 * exchanged, absences, papers and exams, signatures. `south`: the people of the zone whose August is published.
 */
export function planRosterLife(at: At, south: readonly string[]): void {
  const [one = '', two = '', three = ''] = south;
  const exception = {
    month: '2024-08',
    by: 'direction',
    clauses: ['P2', 'P3'],
    fullName: 'Dirección de Prueba',
  };
  for (const person of [one, two])
    at(day('2024-07-25'), {
      fact: 'roster.exception.signed',
      actor: 'direction',
      ...exception,
      person,
      reasons: `Cubre la feria de ${person}`,
    });
  at(day('2024-07-26'), {
    fact: 'roster.exception.withdrawn',
    actor: 'direction',
    month: '2024-08',
    person: two,
    by: 'direction',
  });

  const days = Array.from({ length: 31 }, (_, index) => `2024-08-${String(index + 1).padStart(2, '0')}`);
  const shifts = south.flatMap((person) =>
    days.flatMap((on) => [
      { person, on, from: '00:00', until: '13:00' },
      { person, on, from: '13:00', until: '24:00' },
    ]),
  );
  const plan = {
    fact: 'shifts.planned',
    actor: 'director-sur',
    month: '2024-08',
    zone: 'sur',
    by: 'director-sur',
  };
  at(day('2024-07-28'), { ...plan, minimum: 2, publish: false, shifts: shifts.slice(0, 10) });
  at(day('2024-07-29'), { ...plan, minimum: 1, publish: true, shifts });
  at(day('2024-07-30'), { ...plan, fact: 'shifts.planned', publish: false, shifts: shifts.slice(0, -2) });
  at(day('2024-07-29', '16:00'), {
    ...plan,
    zone: 'norte',
    by: 'director-norte',
    publish: false,
    shifts: [],
  });

  const swap = (id: string, by: string, of: string, on: string, when: Instant): void => {
    at(when, {
      fact: 'shift.swap-asked',
      actor: by,
      swap: id,
      by,
      of,
      gives: { on, from: '00:00' },
      takes: { on, from: '13:00' },
      reason: 'Cita médica',
    });
  };
  // Both are on guard all day, so what is exchanged would be at the same time as the rest: refused, and journaled.
  swap('S1', one, two, '2024-08-02', day('2024-07-30', '16:00'));
  at(day('2024-07-30', '17:00'), {
    ...plan,
    publish: true,
    shifts: shifts.filter(
      ({ person, on, from }) =>
        !(on > '2024-08-02' && person === three && from === '00:00') &&
        !(on > '2024-08-02' && person === two && from === '13:00'),
    ),
  });
  swap('S2', two, three, '2024-08-03', day('2024-07-31', '16:00'));
  swap('S3', two, three, '2024-08-04', day('2024-07-31', '16:10'));
  for (const id of ['S2', 'S3'])
    at(day('2024-07-31', '17:00'), {
      fact: 'shift.swap-answered',
      actor: three,
      swap: id,
      by: three,
      accepts: true,
    });
  at(day('2024-07-31', '18:00'), {
    fact: 'shift.swap-approved',
    actor: 'manager-sur',
    swap: 'S2',
    by: 'manager-sur',
    approves: true,
    reason: '',
  });

  // After the month that is lived: whose turn it is stays as it was without them.
  const absence = { fact: 'absence.asked', kind: 'vacation', reason: 'Viaje' };
  at(day('2024-07-10'), {
    ...absence,
    actor: one,
    absence: 'A1',
    person: one,
    by: one,
    fromOn: '2024-08-20',
    untilOn: '2024-08-21',
  });
  at(day('2024-07-11'), {
    fact: 'absence.answered',
    actor: 'manager-sur',
    absence: 'A1',
    by: 'manager-sur',
    approved: true,
    reason: 'Va',
  });
  at(day('2024-07-12'), {
    ...absence,
    actor: two,
    absence: 'A2',
    person: two,
    by: two,
    fromOn: '2024-08-25',
    untilOn: '2024-08-25',
  });
  at(day('2024-07-13'), { fact: 'absence.canceled', actor: two, absence: 'A2', by: two });

  const asked = { by: 'administrator', actor: 'administrator', roles: [], ended: false };
  at(day('2024-07-02'), {
    ...asked,
    fact: 'document.kind-set',
    id: 'ine',
    name: 'Identificación',
    expires: true,
    warnDays: 30,
    fromOn: '2025-01-01',
  });
  at(day('2024-07-02'), {
    ...asked,
    fact: 'exam.set',
    id: 'leads',
    name: 'Leads',
    passingMark: 80,
    topMark: 100,
    fromOn: '2025-01-01',
  });
  for (const [index, person] of south.entries()) {
    const filed = {
      fact: 'document.filed',
      actor: 'administrator',
      by: 'administrator',
      kind: 'ine',
      person,
    };
    const file = {
      sha256: 'ab'.repeat(32),
      mediaType: 'application/pdf',
      bytes: 0,
      fileName: `${person}.pdf`,
    };
    at(plus(day('2024-07-03'), index * MINUTE), {
      ...filed,
      ...file,
      document: `D-${person}`,
      expiresOn: '2025-06-30',
    });
    at(plus(day('2024-07-03'), index * MINUTE + HOUR), {
      fact: 'exam.recorded',
      actor: 'administrator',
      by: 'administrator',
      result: `R-${person}`,
      exam: 'leads',
      person,
      mark: 75.5 + index * 2,
      takenOn: '2024-07-01',
    });
  }
  at(day('2024-07-05'), {
    fact: 'document.withdrawn',
    actor: 'administrator',
    document: `D-${one}`,
    by: 'administrator',
  });
  // Somebody new has signed nothing yet: is asked, signs one, and is late with the others.
  at(day('2024-07-08'), {
    fact: 'person.registered',
    actor: 'administrator',
    person: 'novato',
    name: 'Novato Prueba',
    role: 'advisor',
    zone: null,
    reportsTo: 'manager-sur',
    email: null,
    phone: null,
    extension: null,
    internal: true,
    documents: 'incomplete',
    grade: 'none',
    signed: false,
  });
  at(day('2024-07-09'), {
    fact: 'policy.signed',
    actor: 'novato',
    by: 'novato',
    procedure: 'contact-center-policy',
    fullName: 'Novato Prueba Ejemplo',
  });
}
