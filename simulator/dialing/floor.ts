import type { PacingTick, Since } from '../../src/dialing/index.ts';

export type AgentState = 'out' | 'ready' | 'talking' | 'wrapUp' | 'paused';

export interface Agent {
  readonly id: string;
  readonly number: number;
  state: AgentState;
  conversations: number;
  /** Seconds to pause, or to log out (Infinity), at the end of this conversation. */
  owes: number;
}

const isBusy = (state: AgentState): boolean => state === 'talking' || state === 'wrapUp';
const isOn = (state: AgentState): boolean => state !== 'out' && state !== 'paused';

/** The agents of the day: who is where, and for how many seconds they were busy and there. */
export class Floor {
  readonly agents: readonly Agent[];
  /** As a tick tells them; whoever is ready longest stands first. */
  readonly ready: string[] = [];
  readonly talking: Since[] = [];
  readonly wrapUp: Since[] = [];
  readonly paused: string[] = [];
  busySeconds = 0;
  onSeconds = 0;
  #busy = 0;
  #on = 0;
  #accountedTo = 0;
  readonly #byId: ReadonlyMap<string, Agent>;

  constructor(count: number) {
    this.agents = Array.from({ length: count }, (_, index) => ({
      id: `a${index + 1}`,
      number: index,
      state: 'out',
      conversations: 0,
      owes: 0,
    }));
    this.#byId = new Map(this.agents.map((agent) => [agent.id, agent]));
  }

  get on(): number {
    return this.#on;
  }

  get longestReady(): Agent | undefined {
    return this.#byId.get(this.ready[0] ?? '');
  }

  get told(): PacingTick['agents'] {
    return { ready: this.ready, talking: this.talking, wrapUp: this.wrapUp, paused: this.paused };
  }

  /** Adds up the time until now. */
  account(at: number): void {
    this.busySeconds += this.#busy * (at - this.#accountedTo);
    this.onSeconds += this.#on * (at - this.#accountedTo);
    this.#accountedTo = at;
  }

  move(agent: Agent, to: AgentState, at: number): void {
    this.account(at);
    this.#busy += Number(isBusy(to)) - Number(isBusy(agent.state));
    this.#on += Number(isOn(to)) - Number(isOn(agent.state));
    if (agent.state === 'ready') this.ready.splice(this.ready.indexOf(agent.id), 1);
    else if (agent.state === 'paused') this.paused.splice(this.paused.indexOf(agent.id), 1);
    else if (agent.state === 'talking') remove(this.talking, agent.id);
    else if (agent.state === 'wrapUp') remove(this.wrapUp, agent.id);
    agent.state = to;
    if (to === 'ready') this.ready.push(agent.id);
    else if (to === 'paused') this.paused.push(agent.id);
    else if (to === 'talking') this.talking.push([agent.id, at]);
    else if (to === 'wrapUp') this.wrapUp.push([agent.id, at]);
  }
}

export function remove(list: Since[], id: string): void {
  const index = list.findIndex((one) => one[0] === id);
  if (index >= 0) list.splice(index, 1);
}
