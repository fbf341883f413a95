/**
 * What a batch of facts needs to know, held in memory: each feature has its own slice and nobody reaches into another's
 * except through the functions that the other's door offers.
 */
export interface Slice<State> {
  readonly name: string;
  readonly empty: () => State;
}

export class World {
  readonly #slices = new Map<Slice<unknown>, unknown>();

  get<State>(slice: Slice<State>): State {
    let state = this.#slices.get(slice);
    if (state === undefined) {
      state = slice.empty();
      this.#slices.set(slice, state);
    }
    // The map holds under each slice only what that slice's own `empty` made.
    return state as State;
  }
}

/** Rows of one kind by id, and which of them a decision has changed. */
export class Rows<Entity> {
  readonly #all = new Map<string, Entity>();
  readonly #changed = new Set<string>();

  get(id: string): Entity | undefined {
    return this.#all.get(id);
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  values(): Entity[] {
    return [...this.#all.values()];
  }

  ids(): string[] {
    return [...this.#all.keys()];
  }

  /** As it stands in the database. */
  loaded(id: string, entity: Entity): void {
    if (!this.#changed.has(id)) this.#all.set(id, entity);
  }

  /** As a decision leaves it. */
  set(id: string, entity: Entity): void {
    this.#all.set(id, entity);
    this.#changed.add(id);
  }

  changed(): [string, Entity][] {
    const rows: [string, Entity][] = [];
    for (const id of this.#changed) {
      const entity = this.#all.get(id);
      if (entity !== undefined) rows.push([id, entity]);
    }
    return rows;
  }
}
