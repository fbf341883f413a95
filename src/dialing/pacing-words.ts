import type { PacingReasons } from './pacing-reasons.ts';
import type { Limit } from './tick.ts';

export const pacingLanguages = ['es', 'en'] as const;
export type PacingLanguage = (typeof pacingLanguages)[number];

/** One sentence for a supervisor: what is done, and why not more. */
export function pacingWords(reasons: PacingReasons, language: PacingLanguage): string {
  const words = language === 'es' ? SPANISH : ENGLISH;
  const act = words.act(reasons);
  return `${act}${words.why[reasons.limit](reasons)}`;
}

interface Words {
  act(reasons: PacingReasons): string;
  readonly why: Readonly<Record<Limit, (reasons: PacingReasons) => string>>;
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
const share = (abandoned: number, answered: number): string =>
  ((100 * abandoned) / Math.max(1, answered)).toFixed(1);

const situation = {
  es: (r: PacingReasons): string =>
    `${count(r.freeSoon, 'agente libre', 'agentes libres')} dentro de ${r.freeSeconds} s (95 %); ` +
    `${count(r.inTheAir, 'llamada timbrando vale', 'llamadas timbrando valen')} ${r.answers.toFixed(1)} contestadas`,
  en: (r: PacingReasons): string =>
    `${count(r.freeSoon, 'agent', 'agents')} free within ${r.freeSeconds} s at 95 %; ${r.inTheAir} in the air worth ${r.answers.toFixed(1)} answers`,
};

const SPANISH: Words = {
  act: (r) => {
    const calls = r.place === 0 ? 'No marca' : `Marca ${r.place}`;
    return r.cancel === 0 ? `${calls}: ` : `${calls} y cuelga ${r.cancel}: `;
  },
  why: {
    agents: situation.es,
    budget: (r) =>
      r.left < 1
        ? `van ${r.abandoned} abandonadas de ${r.answered} contestadas (${share(r.abandoned, r.answered)} %); ya no cabe otra, solo una llamada por agente libre`
        : `van ${r.abandoned} abandonadas de ${r.answered} contestadas (${share(r.abandoned, r.answered)} %) y hay que bajar; ${situation.es(r)}`,
    lines: (r) => `las ${r.linesMax} líneas no dan para más; ${situation.es(r)}`,
    'calls-per-second': (r) => `tope de ${r.callsPerSecondMax} llamadas por segundo; ${situation.es(r)}`,
    learning: (r) =>
      `apenas ${count(r.answered, 'contestada', 'contestadas')}, todavía conoce poco la campaña; ${situation.es(r)}`,
    carrier: () =>
      'la operadora rechaza las llamadas o nadie contesta; solo una por agente libre hasta que vuelva',
  },
};

const ENGLISH: Words = {
  act: (r) => {
    const calls = r.place === 0 ? 'Waits' : `Dials ${r.place}`;
    return r.cancel === 0 ? `${calls}: ` : `${calls}, hangs up ${r.cancel}: `;
  },
  why: {
    agents: situation.en,
    budget: (r) =>
      r.left < 1
        ? `${r.abandoned} abandoned of ${r.answered} answered (${share(r.abandoned, r.answered)} %); no room for one more, only one call for each free agent`
        : `${r.abandoned} abandoned of ${r.answered} answered (${share(r.abandoned, r.answered)} %) has to come down; ${situation.en(r)}`,
    lines: (r) => `the ${r.linesMax} lines carry no more; ${situation.en(r)}`,
    'calls-per-second': (r) => `at most ${r.callsPerSecondMax} calls a second; ${situation.en(r)}`,
    learning: (r) =>
      `only ${r.answered} answered so far, little is known of the campaign; ${situation.en(r)}`,
    carrier: () => 'the carrier refuses calls or nobody answers; one for each free agent until it is back',
  },
};
