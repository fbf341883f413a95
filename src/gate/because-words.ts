import {
  clauseText,
  houseRules,
  packOf,
  parseClauseRef,
  type Adoption,
  type HouseRule,
  type Pack,
  type Saying,
} from '../procedures/index.ts';
import { lawReference, laws } from './law.ts';
import { gateRefusals, type GateRefusal } from './refusals.ts';

/** What stands behind a decision, in words: the clause as this organization reads it, a law, or a rule of the product. */
export interface BecauseWords {
  /** As written in `because`: "contact-center-policy@2023-03-01#L4". */
  readonly ref: string;
  readonly kind: 'clause' | 'law' | 'house';
  /** The procedure or law by its name; null for the product's own rules. */
  readonly name: string | null;
  /** Its name in addresses; null for what stands in no procedure. */
  readonly procedure: string | null;
  /** Empty where there is none. */
  readonly clause: string;
  /** The day it took effect; null where it has none. */
  readonly version: string | null;
  readonly text: string;
}

export interface BecauseParts {
  readonly packs: readonly Pack[];
  readonly adoptions: readonly Adoption[];
  readonly language: keyof Saying;
}

/** The words of one reference; one that nothing is known of any more is shown as it stands. */
export function becauseWords(ref: string, parts: BecauseParts): BecauseWords {
  return clauseWords(ref, parts) ?? lawWords(ref) ?? ownWords(ref, parts.language) ?? bare(ref);
}

function bare(ref: string): BecauseWords {
  return { ref, kind: 'house', name: null, procedure: null, clause: '', version: null, text: ref };
}

/** In the version that was in force at the decision, with the figures the organization had set for it. */
function clauseWords(ref: string, { packs, adoptions, language }: BecauseParts): BecauseWords | null {
  const parts = parseClauseRef(ref);
  if (parts === null) return null;
  const { procedure, version } = parts;
  const adoption = adoptions.findLast((a) => a.procedure === procedure && a.effectiveOn === version);
  const pack = adoption === undefined ? undefined : packOf(packs, adoption);
  const clause = pack?.clauses.find(({ id }) => id === parts.clause);
  if (pack === undefined || clause === undefined) return null;
  const parameters = { ...clause.parameters, ...adoption?.parameters?.[clause.id] };
  return {
    ref,
    kind: 'clause',
    name: pack.title[language],
    procedure,
    clause: clause.id,
    version,
    text: clauseText({ text: clause.text, parameters }, language),
  };
}

function lawWords(ref: string): BecauseWords | null {
  const law = laws.find((each) => lawReference(each) === ref);
  if (law === undefined) return null;
  return { ref, kind: 'law', name: law.id, procedure: null, clause: '', version: law.from, text: law.source };
}

const NOTHING_FORBIDS: Saying = {
  es: 'Ninguna regla en vigor impide el contacto.',
  en: 'No rule in force forbids the contact.',
};

function ownWords(ref: string, language: keyof Saying): BecauseWords | null {
  const [owner, name = ''] = ref.split('#');
  const text =
    owner === 'house' && Object.hasOwn(houseRules, name)
      ? houseRules[name as HouseRule][language]
      : owner === 'gate' && Object.hasOwn(gateRefusals, name)
        ? gateRefusals[name as GateRefusal][language].says
        : ref === 'gate#nothing-forbids'
          ? NOTHING_FORBIDS[language]
          : null;
  return text === null
    ? null
    : { ref, kind: 'house', name: null, procedure: null, clause: '', version: null, text };
}
