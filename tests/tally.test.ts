import { describe, expect, it } from 'vitest';
import { addTallies, finalLine, tallyOf } from './tally.ts';

function report(passed: number, failed: number, files: { status: string; tests: string[] }[]): string {
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((one) => ({ status: one })),
    })),
  });
}

describe('tallyOf', () => {
  const cases = [
    { name: 'all well', text: report(3, 0, [{ status: 'passed', tests: ['passed'] }]), code: 0, failed: 0 },
    {
      name: 'a test failed',
      text: report(3, 1, [{ status: 'failed', tests: ['failed'] }]),
      code: 1,
      failed: 1,
    },
    {
      name: 'a file that does not load',
      text: report(3, 0, [{ status: 'failed', tests: [] }]),
      code: 1,
      failed: 1,
    },
    { name: 'an error outside any test', text: report(3, 0, []), code: 1, failed: 1 },
    { name: 'no report at all', text: null, code: 1, failed: 1 },
    { name: 'nothing to run', text: null, code: 0, failed: 0 },
  ];
  it.each(cases)('$name → $failed failed', ({ text, code, failed }) => {
    expect(tallyOf(text, code).failed).toBe(failed);
  });
});

describe('finalLine', () => {
  it('is the sum of the runs, in the form a reader expects', () => {
    const sum = addTallies([
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 1, skipped: 0 },
    ]);
    expect(finalLine(sum)).toBe('5 passed, 1 failed, 1 skipped');
  });
});
