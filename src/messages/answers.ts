import { tell, type Deciding, type Fact } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { lineOf, ofRole } from '../staff/index.ts';

/** What somebody of the floor was asked by WhatsApp and has not settled: the confirmation of a month's roster. */
export interface Asked {
  readonly message: string;
  /** The channel's id of it, which an answer names when it quotes the question. */
  readonly providerId: string | null;
  readonly month: string;
  /** Still to be confirmed. */
  readonly open: boolean;
}

export type Meaning = 'yes' | 'no' | 'unclear';

/** Compared without accents. */
const YES =
  /^(?:(?:s+i+|ok(?:ay)?|vale|va|claro|confirm(?:o|ad[oa]|ar|amos)|enterad[oa]|recibid[oa]|de acuerdo|listo|correcto|perfecto|por supuesto|yes|confirmed|sure)\b|👍|👌|✅|✔|🙏)/u;
const YES_LATER = /\bconfirmo\b|\bconfirmed\b/;
const NO = /\b(?:no|nop|imposible|negativo|can't|cannot|unable)\b|👎|❌/u;
const DOUBT = /\?|¿|\b(?:cuando|que|pero|duda|cambi\w+|swap|but)\b/u;

/**
 * What an answer in words says of the question. A yes with a doubt beside it is none: asking again costs a message, a
 * confirmation nobody gave costs a month.
 */
export function readAnswer(text: string): Meaning {
  const words = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[!.,;:*_~"“”\s]+/g, ' ')
    .trim();
  if (NO.test(words)) return DOUBT.test(words.replace(NO, '')) ? 'unclear' : 'no';
  if (DOUBT.test(words)) return 'unclear';
  return YES.test(words) || YES_LATER.test(words) ? 'yes' : 'unclear';
}

export type Matched = { readonly month: string; readonly meaning: Meaning } | 'several' | 'none';

/**
 * Which question an answer belongs to: the pressed button says so itself; else the message it quotes; else the one that is
 * open. With several open, or none, it belongs to none of them.
 */
export function matchAnswer(
  answer: {
    readonly payloadMonth: string | null;
    readonly quotes: string | null;
    readonly text: string | null;
  },
  asked: readonly Asked[],
): Matched {
  if (answer.payloadMonth !== null) return { month: answer.payloadMonth, meaning: 'yes' };
  const meaning = readAnswer(answer.text ?? '');
  const quoted = answer.quotes === null ? undefined : asked.find((each) => each.providerId === answer.quotes);
  if (quoted !== undefined) return quoted.open ? { month: quoted.month, meaning } : 'none';
  const open = [...new Set(asked.filter((each) => each.open).map(({ month }) => month))];
  const [month] = open;
  if (month === undefined) return 'none';
  return open.length > 1 ? 'several' : { month, meaning };
}

/** An answer that confirms nothing: a no, or one that could not be understood. */
export interface AnswerHeard extends Fact {
  readonly fact: 'answer.heard';
  readonly person: string;
  /** Null: which of several questions it answers could not be told. */
  readonly month: string | null;
  readonly meaning: 'no' | 'unclear';
  /** Whether the person is asked once more: not without end. */
  readonly askAgain: boolean;
}

/** An answer to a question of ours from a number that is nobody's: it confirms nothing, and somebody should know. */
export interface AnswerFromUnknown extends Fact {
  readonly fact: 'answer.from-unknown';
  /** Who had been asked. */
  readonly person: string;
  readonly month: string;
}

function because(deciding: Deciding): string[] {
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  return [...(l1 === null ? [] : [l1]), houseRule('answers')];
}

export function hearAnswer(fact: AnswerHeard, deciding: Deciding): void {
  const { person, month, meaning, askAgain } = fact;
  deciding.record({
    entry: 'answer.heard',
    kind: 'fact',
    because: [],
    person,
    fields: { person, question: 'roster', month, meaning },
  });
  if (meaning === 'no' && month !== null) {
    const manager = lineOf(deciding.world, person)[0];
    const told = manager === undefined ? ofRole(deciding.world, 'administrator') : [manager];
    for (const { id } of told)
      tell(deciding, {
        to: id,
        about: 'roster.declined',
        because: because(deciding),
        values: { person, month },
      });
    return;
  }
  if (!askAgain || month === null) return;
  // Where they answered, whatever the organization's usual channel is.
  const channel = 'whatsapp';
  tell(deciding, {
    to: person,
    about: 'roster.asked-again',
    because: because(deciding),
    values: { month },
    channel,
  });
}

export function hearUnknown({ person, month }: AnswerFromUnknown, deciding: Deciding): void {
  deciding.record({
    entry: 'answer.from-unknown',
    kind: 'fact',
    because: [],
    person,
    fields: { person, question: 'roster', month },
  });
  for (const { id } of ofRole(deciding.world, 'administrator'))
    tell(deciding, {
      to: id,
      about: 'answer.unknown-number',
      because: because(deciding),
      values: { person, month },
    });
}
