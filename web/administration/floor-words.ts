/** Tokens that decisions carry, in the words of the floor. */
import { isWord, type Say, type WordId } from '../words.ts';

const WHYS: Record<string, WordId> = {
  left: 'administration.why.left',
  absent: 'administration.why.absent',
  'off shift': 'administration.why.off-shift',
  'not on the roster': 'administration.why.not-on-roster',
  'excluded from the roster': 'administration.why.excluded',
  'not active': 'administration.why.not-active',
  'removed from the roster': 'administration.why.removed',
  'no passing grade': 'administration.why.grade',
  'documents not complete': 'administration.why.documents',
  'not internal': 'administration.why.internal',
  'held this lead before': 'administration.why.held-before',
  'has a held lead to contact first': 'administration.why.paced',
  'nobody on duty': 'administration.why.nobody-on-duty',
  'nobody left': 'administration.why.nobody-left',
  duplicate: 'administration.why.duplicate',
  'imported without a holder': 'administration.why.imported',
};

const GIVEN_BY: Record<string, WordId> = {
  turn: 'administration.by.turn',
  best: 'administration.by.best',
  'passed-on': 'administration.by.passed-on',
  'hand-over': 'administration.by.hand-over',
  administrator: 'administration.by.administrator',
};

/** Why somebody or something stands where it does; a token not known is shown as it is. */
export function whyText(t: Say, why: string): string {
  const id = WHYS[why];
  return id === undefined ? why : t(id);
}

export function givenByText(t: Say, by: string): string {
  const id = GIVEN_BY[by];
  return id === undefined ? by : t(id);
}

export function roleText(t: Say, role: string): string {
  const id = `shell.role.${role}`;
  return isWord(id) ? t(id) : role;
}
