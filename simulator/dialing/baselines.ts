import { openPacing, pace } from '../../src/dialing/index.ts';
import type { OpenPacer } from './pacer.ts';

/** The rule of production, as `npm run -s pace` runs it. */
export const pautaPacer: OpenPacer = (config) => {
  const memory = openPacing(config);
  return { name: 'pauta', decide: (tick) => pace(memory, tick) };
};

/** One call in the air for each free agent: nobody is ever abandoned, and nobody is busy for long. */
export const progressivePacer: OpenPacer = () => ({
  name: 'progressive',
  decide: ({ agents, waiting, ringing }) => ({
    place: Math.max(0, agents.ready.length - waiting.length - ringing.length),
    cancel: [],
  }),
});

export type Counting = 'all' | 'available';

/**
 * So many lines for each agent, fixed. Of `all` agents that are ready or talking: lines in use, conversations included, are
 * held at ratio × agents. Of those `available` only: calls in the air are held at ratio × ready agents.
 */
export const fixedRatioPacer =
  (ratio: number, counting: Counting): OpenPacer =>
  () => ({
    name: `fixed ratio ${ratio.toFixed(2)}, ${counting}`,
    decide: ({ agents, waiting, ringing }) => {
      const talking = agents.talking.length;
      const counted = agents.ready.length + (counting === 'all' ? talking : 0);
      const inUse = ringing.length + waiting.length + (counting === 'all' ? talking : 0);
      return { place: Math.max(0, Math.round(ratio * counted) - inUse), cancel: [] };
    },
  });
