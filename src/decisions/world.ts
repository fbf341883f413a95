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
  /** Parts of slices that know what a transaction has changed. */
  readonly #settling: (Rows<unknown> | Touched)[] = [];

  get<State>(slice: Slice<State>): State {
    let state = this.#slices.get(slice);
    if (state === undefined) {
      state = slice.empty();
      this.#slices.set(slice, state);
      for (const part of Object.values(state as object))
        if (part instanceof Rows || part instanceof Touched) this.#settling.push(part);
    }
    // The map holds under each slice only what that slice's own `empty` made.
    return state as State;
  }

  /** What was decided so far is as if loaded: for a world that lives through many decisions and is never saved. */
  settle(): void {
    for (const part of this.#settling) part.settle();
  }
}

/** Ids of what the decisions of one transaction have touched, for what follows from it there: gone with the transaction. */
export class Touched {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
  }

  /** Those touched since it was last asked, in that order. */
  take(): string[] {
    const ids = [...this.#ids];
    this.#ids.clear();
    return ids;
  }

  settle(): void {
    this.#ids.clear();
  }
}

/**
 * Rows of one kind by id, and which of them a decision has changed. With `keysOf` they are also found by other keys at
 * once: a batch of hundreds of facts asks hundreds of times.
 */
export class Rows<Entity> {
  readonly #all = new Map<string, Entity>();
  readonly #changed = new Set<string>();
  readonly #byKey = new Map<string, Set<string>>();
  readonly #keysOf: ((entity: Entity) => readonly string[]) | null;

  constructor(keysOf: ((entity: Entity) => readonly string[]) | null = null) {
    this.#keysOf = keysOf;
  }

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

  /** Those that have this key now, in the order in which they came. */
  having(key: string): Entity[] {
    const found: Entity[] = [];
    const ids = this.#byKey.get(key);
    for (const id of ids ?? []) {
      const entity = this.#all.get(id);
      // A key that a row once had stays in the index until it is asked for: the row itself says whether it still has it.
      if (entity !== undefined && this.#keysOf?.(entity).includes(key) === true) found.push(entity);
      else ids?.delete(id);
    }
    return found;
  }

  /** As it stands in the database. */
  loaded(id: string, entity: Entity): void {
    if (!this.#changed.has(id)) this.#put(id, entity);
  }

  /** As a decision leaves it. */
  set(id: string, entity: Entity): void {
    this.#put(id, entity);
    this.#changed.add(id);
  }

  #put(id: string, entity: Entity): void {
    this.#all.set(id, entity);
    for (const key of this.#keysOf?.(entity) ?? []) {
      const ids = this.#byKey.get(key);
      if (ids === undefined) this.#byKey.set(key, new Set([id]));
      else ids.add(id);
    }
  }

  /** No row counts as changed any more. */
  settle(): void {
    if (this.#changed.size > 0) this.#changed.clear();
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
