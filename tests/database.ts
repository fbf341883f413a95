import { inject } from 'vitest';
import './database.setup.ts';
import { cloneTemplate, type TestDatabase } from './test-server.ts';

export type { TestDatabase };

/**
 * A database of the caller's own with all our migrations applied, cloned from the run's template in some tens of
 * milliseconds. Call once in a file's `beforeAll`, and `drop` in its `afterAll` after closing every pool.
 */
export function testDatabase(): Promise<TestDatabase> {
  return cloneTemplate(inject('testServer'));
}
