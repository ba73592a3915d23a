import { existsSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const SCREEN_SETUP = 'web/src/testing/setup.ts'

export default defineConfig({
  test: {
    // A test that only passes after another one is a fault in either; the seed of the order is printed.
    sequence: { shuffle: { files: true, tests: true } },
    projects: [
      {
        test: {
          name: 'rules',
          include: ['**/*.rules.test.ts', 'contract/src/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          // Pure functions leave nothing behind: one module graph for all files is several times faster.
          isolate: false,
        },
      },
      {
        test: {
          name: 'modules',
          include: ['server/src/**/*.test.ts'],
          exclude: ['**/*.rules.test.ts', '**/node_modules/**'],
          // One PostgreSQL per run, with a migrated template database that each file clones.
          globalSetup: ['server/src/testing/global-setup.ts'],
          // The application is loaded once per worker; what tests change is in their own database.
          isolate: false,
          // Two: while one waits for PostgreSQL the other works; more only queue on two cores.
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'screens',
          include: ['web/src/**/*.test.tsx', 'web/src/**/*.test.ts'],
          environment: 'jsdom',
          setupFiles: existsSync(SCREEN_SETUP) ? [SCREEN_SETUP] : [],
          // Starting a browser imitation per file is most of the cost; two at a time on two cores.
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['journeys/*.test.ts'],
          // The product and the browser, started once.
          globalSetup: ['journeys/harness/global-setup.ts'],
          // One browser and one server at a time: two would wait for each other's processor.
          fileParallelism: false,
          // A journey is one story told in order.
          sequence: { shuffle: { tests: false } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
