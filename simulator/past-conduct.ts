import { HOUR, plus, type Instant } from '../src/platform/time.ts';
import type { HistoryParts } from './history.ts';
import { BREACHES } from './phrases.ts';
import { idOf } from './sample-organization.ts';

const LOSES_PERCENT = '10';
const DAY = 24 * HOUR;

/** Two cases: one was answered and decided, the other has just been opened and waits for its answer (lead-assignment P15). */
export function conductThrough({ house, sample, until }: HistoryParts): void {
  const by = idOf(sample, 'administrator');
  const judge = idOf(sample, 'director');
  const start = house.now();
  const [decided, open] = BREACHES;
  const report = async (person: string, { clause, text }: (typeof BREACHES)[number]): Promise<string> => {
    const sanction = house.newId();
    await house.submit({ fact: 'breach.reported', actor: by, by, sanction, person, clause, text });
    return sanction;
  };
  at(plus(until, -11 * DAY), async () => {
    const person = 'asesor-1';
    const sanction = await report(person, decided);
    at(plus(house.now(), 22 * HOUR), async () => {
      const answer = { sanction, by: person, reasons: decided.answer };
      await house.submit({ fact: 'sanction.answered', actor: person, ...answer });
    });
    at(plus(house.now(), 2 * DAY), async () => {
      const ruling = { sanction, by: judge, percent: LOSES_PERCENT, reasons: decided.ruling };
      await house.submit({ fact: 'sanction.ruled', actor: judge, ...ruling });
    });
  });
  at(plus(until, -22 * HOUR), async () => void (await report('asesor-6', open)));

  function at(when: Instant, act: () => Promise<void>): void {
    if (when > start && when <= until) house.at(when, act);
  }
}
