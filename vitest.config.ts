import { defineConfig } from 'vitest/config';

/** Starting a browser and the whole program takes its time on two cores. */
const JOURNEY_MILLISECONDS_MAX = 120_000;
/** A store test waits for a clone of the database while the other worker makes its own. */
const UNIT_MILLISECONDS_MAX = 20_000;

export default defineConfig({
  test: {
    globalSetup: ['tests/database.setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'cli/**/*.test.ts',
            'simulator/**/*.test.ts',
            'tests/*.test.ts',
            'web/**/*.test.{ts,tsx}',
          ],
          testTimeout: UNIT_MILLISECONDS_MAX,
          hookTimeout: UNIT_MILLISECONDS_MAX,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/*.test.ts'],
          fileParallelism: false,
          testTimeout: JOURNEY_MILLISECONDS_MAX,
          hookTimeout: JOURNEY_MILLISECONDS_MAX,
        },
      },
    ],
  },
});
