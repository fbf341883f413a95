/** What happens next, by its second; of two at the same second, the one put in first. A binary heap. */
export class EventQueue {
  #times: number[] = [];
  #orders: number[] = [];
  #kinds: number[] = [];
  #things: number[] = [];
  #next = 0;

  get nextAt(): number {
    return this.#times[0] ?? Infinity;
  }

  put(at: number, kind: number, thing: number): void {
    let i = this.#times.length;
    const order = this.#next++;
    this.#times.push(at);
    this.#orders.push(order);
    this.#kinds.push(kind);
    this.#things.push(thing);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  take(): { at: number; kind: number; thing: number } {
    const last = this.#times.length - 1;
    this.#swap(0, last);
    const taken = {
      at: this.#times.pop() ?? Infinity,
      kind: this.#kinds.pop() ?? 0,
      thing: this.#things.pop() ?? 0,
    };
    this.#orders.pop();
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= last) break;
      const least = left + 1 < last && this.#before(left + 1, left) ? left + 1 : left;
      if (!this.#before(least, i)) break;
      this.#swap(least, i);
      i = least;
    }
    return taken;
  }

  #before(a: number, b: number): boolean {
    const at = this.#times[a] ?? 0;
    const bt = this.#times[b] ?? 0;
    return at < bt || (at === bt && (this.#orders[a] ?? 0) < (this.#orders[b] ?? 0));
  }

  #swap(a: number, b: number): void {
    for (const column of [this.#times, this.#orders, this.#kinds, this.#things]) {
      const kept = column[a] ?? 0;
      column[a] = column[b] ?? 0;
      column[b] = kept;
    }
  }
}
