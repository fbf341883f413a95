import { wordsAside, type Recall } from '../decisions/index.ts';

/** A meeting nobody had booked was told without one; its id was drawn as it was decided. */
const held: Recall = ({ actor, fields }) => {
  const { appointment, walkIn, ...rest } = fields;
  const fact = Object.assign({}, rest, { fact: 'appointment.held', actor });
  if (walkIn !== true || typeof appointment !== 'string')
    return { fact: Object.assign(fact, { appointment }) };
  return { fact, ids: [appointment] };
};

export const recallFollowUp: ReadonlyMap<string, Recall | null> = new Map([
  ['appointment.held', held],
  ['appointment.booked', wordsAside('place')],
  ['next-action.set', wordsAside('action')],
  ['lead.lost', wordsAside('text')],
]);
