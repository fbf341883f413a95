import { describe, expect, it } from 'vitest';

import { sharedTransactions } from './shared-transactions.ts';

/** Transactions that keep what was written only when their work ends well; how many were opened, and for whom. */
function world() {
  const opened: string[] = [];
  const kept: string[] = [];
  const together = sharedTransactions<string[]>(async (organization, work) => {
    opened.push(organization);
    const written: string[] = [];
    const done = await work(written);
    kept.push(...written);
    return done;
  });
  const write = (organization: string, what: string) =>
    together(organization, async (tx) => {
      tx.push(what);
      await Promise.resolve();
      return what.toUpperCase();
    });
  return { opened, kept, together, write };
}

describe('sharedTransactions', () => {
  it('lets those that come at one moment share one, each with its own answer', async () => {
    const { opened, kept, write } = world();
    expect(await Promise.all(['a', 'b', 'c'].map((what) => write('o', what)))).toEqual(['A', 'B', 'C']);
    expect(opened).toEqual(['o']);
    expect(kept).toEqual(['a', 'b', 'c']);
  });

  it('lets those that come while one is under way share the next', async () => {
    const { opened, kept, together, write } = world();
    const gate = Promise.withResolvers<null>();
    const first = together('o', () => gate.promise);
    await Promise.resolve();
    await Promise.resolve();
    const others = Promise.all([write('o', 'a'), write('o', 'b')]);
    expect(opened).toEqual(['o']);
    gate.resolve(null);
    await Promise.all([first, others]);
    expect(opened).toEqual(['o', 'o']);
    expect(kept).toEqual(['a', 'b']);
  });

  it('never puts two organizations together', async () => {
    const { opened, write } = world();
    await Promise.all([write('o', 'a'), write('p', 'b')]);
    expect(opened.toSorted()).toEqual(['o', 'p']);
  });

  it('does each again alone when one fails, and only that one fails', async () => {
    const { opened, kept, together, write } = world();
    const faulty = together('o', () => Promise.reject(new Error('no')));
    const [a, no, b] = await Promise.allSettled([write('o', 'a'), faulty, write('o', 'b')]);
    expect([a, b]).toMatchObject([{ value: 'A' }, { value: 'B' }]);
    expect(no).toMatchObject({ status: 'rejected', reason: new Error('no') });
    expect(kept.toSorted()).toEqual(['a', 'b']);
    expect(opened).toHaveLength(4);
  });

  it('takes more than go at once in turns, and begins again after it rested', async () => {
    const { opened, kept, write } = world();
    await Promise.all(Array.from({ length: 150 }, (_, index) => write('o', String(index))));
    expect([opened.length, kept.length]).toEqual([3, 150]);
    await write('o', 'later');
    expect(opened).toHaveLength(4);
  });
});
