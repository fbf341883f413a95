/** Works that go into one transaction at most; more wait for the next. */
const WORKS_TOGETHER_MAX = 64;

interface Waiting<Tx> {
  /** Does the work; gives how its caller is told, once the transaction stands. */
  run(tx: Tx): Promise<() => void>;
  reject(error: unknown): void;
}

type Open<Tx> = <T>(organization: string, work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Short works that come while another is under way wait for it and then go together: one opening, one commit, and their
 * statements travel in one piece. A work alone waits for nobody. Takes what opens a transaction of an organization; gives
 * the same, shared. When one work fails, all of its transaction is undone and each is done again in one of its own: so a work
 * must bear being done twice, and the statements of others between its own.
 */
export function sharedTransactions<Tx>(open: Open<Tx>): Open<Tx> {
  /** By organization, while works are under way. */
  const lines = new Map<string, Waiting<Tx>[]>();

  async function drain(organization: string, waiting: Waiting<Tx>[]): Promise<void> {
    // Whoever asks at the same moment goes along.
    await Promise.resolve();
    while (waiting.length > 0) await doTogether(organization, waiting.splice(0, WORKS_TOGETHER_MAX));
    lines.delete(organization);
  }

  async function doTogether(organization: string, works: readonly Waiting<Tx>[]): Promise<void> {
    try {
      const done = await open(organization, (tx) => Promise.all(works.map((work) => work.run(tx))));
      for (const tell of done) tell();
    } catch (error) {
      if (works.length === 1) return works[0]?.reject(error);
      await Promise.all(works.map((work) => doTogether(organization, [work])));
    }
  }

  return (organization, work) =>
    new Promise((resolve, reject) => {
      const run = async (tx: Tx) => {
        const value = await work(tx);
        return () => resolve(value);
      };
      const waiting = lines.get(organization);
      if (waiting !== undefined) {
        waiting.push({ run, reject });
        return;
      }
      const first = [{ run, reject }];
      lines.set(organization, first);
      void drain(organization, first);
    });
}
