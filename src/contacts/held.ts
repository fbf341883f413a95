/** One value known of a person, as it was received. What was received is added to, never overwritten. */
export interface Held {
  readonly value: string;
  /** Where it came from: a source and its own id, or a person. The same value from two origins is held twice. */
  readonly origin: string;
  /** As received. */
  readonly raw: string;
  /** A copy that came with this absorbed contact; un-merging takes away exactly these. */
  readonly via?: string;
}

const KINDS = ['names', 'phones', 'emails', 'documents', 'whatsappIds'] as const;
type Kind = (typeof KINDS)[number];

export type HeldFacts = Readonly<Record<Kind, readonly Held[]>>;

export const noFacts: HeldFacts = { names: [], phones: [], emails: [], documents: [], whatsappIds: [] };

export function eachKind(make: (kind: Kind) => readonly Held[]): HeldFacts {
  return {
    names: make('names'),
    phones: make('phones'),
    emails: make('emails'),
    documents: make('documents'),
    whatsappIds: make('whatsappIds'),
  };
}

export function values(held: readonly Held[]): string[] {
  return [...new Set(held.map((each) => each.value))];
}

export function plainFacts(facts: HeldFacts) {
  return {
    names: values(facts.names),
    phones: values(facts.phones),
    emails: values(facts.emails),
    documents: values(facts.documents),
    whatsappIds: values(facts.whatsappIds),
  };
}

/** The facts alone of what may be a whole contact. */
export function factsOf({ names, phones, emails, documents, whatsappIds }: HeldFacts): HeldFacts {
  return { names, phones, emails, documents, whatsappIds };
}
