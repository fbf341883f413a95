import {
  CompiledQuery,
  PostgresDriver,
  Transaction,
  type DatabaseConnection,
  type Kysely,
  type PostgresDialect,
} from 'kysely';
import type { Pool } from 'pg';

/**
 * Transactions whose statements need not wait for one another. `opening` (BEGIN and the like) goes out with the first
 * statement of the work, and statements the work sends together (`Promise.all`) travel and are answered together; they still
 * run one after the other, in the order they were sent. Kysely's own transactions wait for each answer.
 */
export type Transact<Tables> = <T>(
  opening: readonly CompiledQuery[],
  work: (tx: Transaction<Tables>) => Promise<T>,
) => Promise<T>;

/** Takes a Kysely over a pool of pipelining connections. */
export function transactions<Tables>(
  kysely: Kysely<Tables>,
  { dialect, pool }: { readonly dialect: PostgresDialect; readonly pool: Pool },
): Transact<Tables> {
  const driver = new PostgresDriver({ pool });
  return (opening, work) =>
    kysely.getExecutor().provideConnection(async (connection) => {
      const own = ownConnection(connection);
      const executor = kysely.getExecutor().withConnectionProvider(own);
      const tx = new Transaction<Tables>({ config: { dialect }, driver, dialect, executor });
      // Not awaited: an opening that fails takes every statement behind it with it.
      const opened = Promise.all(opening.map((statement) => connection.executeQuery(statement)));
      opened.catch(() => undefined);
      try {
        const result = await work(tx);
        own.end();
        await opened;
        await commit(connection);
        return result;
      } catch (error) {
        own.end();
        // A connection that cannot even roll back is broken, and the pool takes no broken one back.
        await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
        throw error;
      }
    });
}

/** Ends with the transaction: what a forgotten promise sends later must not reach the connection's next user. */
function ownConnection(connection: DatabaseConnection) {
  let ended = false;
  return {
    provideConnection: async <T>(consumer: (own: DatabaseConnection) => Promise<T>): Promise<T> => {
      if (ended) throw new Error('the transaction is over');
      return consumer(connection);
    },
    end: () => {
      ended = true;
    },
  };
}

async function commit(connection: DatabaseConnection): Promise<void> {
  const { rows } = await connection.executeQuery<{ command?: string }>(CompiledQuery.raw('commit'));
  // PostgreSQL answers so when a statement had failed and nobody minded.
  if (rows[0]?.command === 'ROLLBACK') throw new Error('a statement failed, and the transaction with it');
}
