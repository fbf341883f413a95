import { noFacts } from '../contacts/index.ts';
import { isErased } from '../journal/index.ts';
import { wordsAside, type Recall } from '../decisions/index.ts';

/** The value as it was understood stands with it; whose it was is gone with an erased person. */
const edited: Recall = (entry) => {
  if (isErased(entry)) return null;
  const { actor, fields, personal = {} } = entry;
  const { edit, ...told } = fields;
  const { after = '', facts = noFacts } = personal;
  const fact = Object.assign(told, { fact: 'lead.edited', actor, value: after, held: facts });
  return { fact, ids: typeof edit === 'string' ? [edit] : [] };
};

export const recallClaims: ReadonlyMap<string, Recall | null> = new Map([
  ['lead.edited', edited],
  ['claim.confirmed', wordsAside('reasons')],
  ['claim.appealed', wordsAside('reasons')],
  ['claim.appeal-ruled', wordsAside('reasons')],
]);
