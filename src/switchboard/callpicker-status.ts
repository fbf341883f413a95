/** What the PBX's own word for the outcome means for us. */
export type CallOutcome = 'connected' | 'unanswered' | 'voicemail' | 'menu' | 'unknown';

// "Redirected", "Lost", "Lost_by_agent", "Self-service" and "Voicemail" are the words public consumers of its events and
// exports show. "Redirected" is the connected one: the call was passed on to somebody. The others are usual synonyms.
const OUTCOMES: Record<Exclude<CallOutcome, 'unknown'>, string> = {
  connected:
    'redirected answered completed connected transferred contestada atendida redirigida redireccionada',
  unanswered:
    'unanswered lost lostbyagent noanswer notanswered busy failed cancelled canceled abandoned missed rejected congestion perdida nocontestada ocupado cancelada',
  voicemail: 'voicemail buzon buzondevoz answeringmachine',
  menu: 'selfservice autoservicio ivr',
};

const BY_WORD: ReadonlyMap<string, CallOutcome> = new Map(
  Object.entries(OUTCOMES).flatMap(([outcome, words]) =>
    words.split(' ').map((word) => [word, outcome as CallOutcome] as const),
  ),
);

/** The outcome of a status in any spelling; a word not known proves nothing and is shown to the administrator. */
export function outcomeOf(status: string): CallOutcome {
  const word = status
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return BY_WORD.get(word) ?? 'unknown';
}
