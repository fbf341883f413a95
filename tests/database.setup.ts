import type { TestProject } from 'vitest/node';
import { openTestServer, type TestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Vitest's global set-up. PAUTA_TEST_DATABASE_URL names a server of one's own, which may create databases and roles. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, close } = await openTestServer(process.env['PAUTA_TEST_DATABASE_URL'] ?? null);
  project.provide('testServer', server);
  return close;
}
