import { createHash } from 'node:crypto';

import { addDays, localDate } from '../src/calendar/index.ts';
import { HOUR, plus, type Instant } from '../src/platform/time.ts';
import { PROCEDURES } from './open-sample.ts';
import type { HistoryParts } from './history.ts';
import { ASKED_PAPERS } from './phrases.ts';
import { seededFor, whole } from './random.ts';
import { idOf, rosterOf } from './sample-organization.ts';

const EXAM = { id: 'exam-leads', name: ASKED_PAPERS.exam, passingMark: 80, topMark: 100 } as const;
const IDENTITY = { id: 'paper-identity', name: ASKED_PAPERS.identity, expires: true, warnDays: 30 } as const;
const ADDRESS = { id: 'paper-address', name: ASKED_PAPERS.address, expires: false, warnDays: 0 } as const;
/** From when they are asked for: everybody has had time to bring them. */
const ASKED_AFTER_DAYS = 4;
/** Whose identity card runs out within the month, and who did not pass and took the exam again. */
const RUNS_OUT = 'asesor-4';
const FAILS_ONCE = 'asesor-10';

/** The staff's files: papers with their scans, one that runs out soon; an exam; signatures of the support team, one missing. */
export function planPapers({ house, sample, seed, until, keepFile }: HistoryParts): void {
  const start = house.now();
  const by = idOf(sample, 'administrator');
  const today = localDate(start, sample.zone);
  const fromOn = addDays(today, ASKED_AFTER_DAYS);
  const asked = { actor: by, by, roles: [], fromOn, ended: false };
  house.at(plus(start, HOUR), async () => {
    await house.submit(
      { fact: 'document.kind-set', ...asked, ...IDENTITY },
      { fact: 'document.kind-set', ...asked, ...ADDRESS },
      { fact: 'exam.set', ...asked, ...EXAM },
    );
  });
  for (const { id: person } of sample.staff
    .filter(({ role }) => role === 'manager')
    .concat(rosterOf(sample))) {
    const random = seededFor(seed, 'papers', person);
    const at = plus(start, whole(random, 5, 70) * HOUR);
    const expiresOn =
      person === RUNS_OUT
        ? addDays(localDate(until, sample.zone), 12)
        : addDays(today, whole(random, 200, 1_500));
    plan(at, async () => {
      await file(person, IDENTITY.id, expiresOn);
      await file(person, ADDRESS.id, null);
    });
    const mark = person === FAILS_ONCE ? 72 : whole(random, 82, 99);
    plan(plus(at, HOUR), () => took(person, mark));
    if (person === FAILS_ONCE) plan(plus(at, 48 * HOUR), () => took(person, 86));
  }
  for (const [place, { id, name }] of sample.staff.filter(({ role }) => role === 'support').entries()) {
    // The last of the team has not read the others yet.
    const signs = place === 2 ? PROCEDURES.slice(0, 1) : PROCEDURES;
    plan(plus(start, (4 + 20 * place) * HOUR), async () => {
      const each = { fact: 'policy.signed', actor: id, by: id, fullName: name };
      await house.submit(...signs.map((procedure) => ({ ...each, procedure })));
    });
  }

  function plan(at: Instant, act: () => Promise<void>): void {
    if (at <= until) house.at(at, act);
  }

  async function file(person: string, kind: string, expiresOn: string | null): Promise<void> {
    const document = house.newId();
    const content = scanOf(`${kind} ${person}`);
    await keepFile(document, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const kept = { sha256, mediaType: 'application/pdf', bytes: content.length, fileName: `${kind}.pdf` };
    await house.submit({ fact: 'document.filed', actor: by, by, document, person, kind, expiresOn, ...kept });
  }

  async function took(person: string, mark: number): Promise<void> {
    const takenOn = localDate(house.now(), sample.zone);
    const result = house.newId();
    await house.submit({
      fact: 'exam.recorded',
      actor: by,
      by,
      result,
      exam: EXAM.id,
      person,
      mark,
      takenOn,
    });
  }
}

/** A page with one line, as the smallest PDF that opens everywhere. */
function scanOf(text: string): Buffer {
  const stream = `BT /F1 18 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, place) => {
    const at = pdf.length;
    pdf += `${place + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(`${pdf}${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${pdf.length}\n%%EOF\n`);
}
