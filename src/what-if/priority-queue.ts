/** What comes next, whatever the order in which it was put in. */
export interface PriorityQueue<Item> {
  push(item: Item): void;
  peek(): Item | undefined;
  pop(): Item | undefined;
}

/** `before`: whether one comes before the other; two of the same place come in any order. */
export function priorityQueue<Item>(before: (one: Item, other: Item) => boolean): PriorityQueue<Item> {
  const items: Item[] = [];
  const isBefore = (one: number, other: number): boolean => {
    const [a, b] = [items[one], items[other]];
    return a !== undefined && b !== undefined && before(a, b);
  };
  const swap = (one: number, other: number): void => {
    const [a, b] = [items[one], items[other]];
    if (a === undefined || b === undefined) return;
    items[one] = b;
    items[other] = a;
  };
  return {
    push(item) {
      items.push(item);
      for (let at = items.length - 1; at > 0;) {
        const above = (at - 1) >> 1;
        if (!isBefore(at, above)) return;
        swap(at, above);
        at = above;
      }
    },
    peek: () => items[0],
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let next = at;
        if (isBefore(left, next)) next = left;
        if (isBefore(right, next)) next = right;
        if (next === at) return first;
        swap(at, next);
        at = next;
      }
    },
  };
}
