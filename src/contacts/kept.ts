import type { Tx } from '../platform/database.ts';
import type { Row } from '../platform/rows.ts';

/** All that is one person: their contacts, the one that stands for them first, and the leads under it. */
export interface WholePerson {
  readonly contacts: readonly string[];
  readonly leads: readonly string[];
}

/** What a feature keeps about a person, for the file the person may ask for; each feature offers its own. */
export interface KeptBy {
  readonly section: 'contacts' | 'leads' | 'calls' | 'messages' | 'holds' | 'claims' | 'journal';
  of(tx: Tx, person: WholePerson): Promise<readonly Row[]>;
}
