import { describe, expect, test } from 'vitest';

import { silentLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createWorker, workMetrics, type Ran, type WorkTimer } from './work.ts';

/** Pauses that pass when the test says so; it learns of each as it begins. */
function handTimer() {
  const pauses: { milliseconds: number; pass: () => void }[] = [];
  const begun: (() => void)[] = [];
  const timer: WorkTimer = (milliseconds, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
      pauses.push({ milliseconds, pass: resolve });
      begun.shift()?.();
    });
  const nextPause = async (): Promise<{ milliseconds: number; pass: () => void }> => {
    if (pauses.length === 0) await new Promise<void>((resolve) => begun.push(resolve));
    const pause = pauses.shift();
    if (pause === undefined) throw new Error('no pause');
    return pause;
  };
  return { timer, nextPause };
}

/** A worker whose rounds give these results one after the other, then 0. */
function worker(rounds: (() => Promise<Ran>)[], everyMilliseconds = 1_000) {
  const time = handTimer();
  const errors: unknown[] = [];
  let ran = 0;
  const metrics = createMetrics({ processMetrics: false });
  const made = createWorker({
    name: 'test',
    everyMilliseconds,
    run: () => rounds[ran++]?.() ?? Promise.resolve(0),
    log: silentLog,
    onError: (error) => errors.push(error),
    metrics: workMetrics(metrics),
    timer: time.timer,
  });
  return { worker: made, time, errors, metrics, ran: () => ran };
}

const did = (count: Ran) => () => Promise.resolve(count);
const fails = () => Promise.reject(new Error('no database'));

describe('a worker', () => {
  test('works until nothing is left, then pauses', async () => {
    const { worker: one, time, ran, metrics } = worker([did(5), did(2), did(0), did(1)]);
    expect((await time.nextPause()).milliseconds).toBe(1_000);
    expect(ran()).toBe(3);
    await one.stop();
    expect((await metrics.page()).body).toContain('pauta_work_done_total{worker="test"} 7');
  });

  test('looks again when the pause is over', async () => {
    const { worker: one, time, ran } = worker([]);
    (await time.nextPause()).pass();
    await time.nextPause();
    expect(ran()).toBe(2);
    await one.stop();
  });

  test('pauses no longer than a round asks', async () => {
    const { worker: one, time } = worker([did({ did: 0, nextInMilliseconds: 40 })]);
    expect((await time.nextPause()).milliseconds).toBe(40);
    await one.stop();
  });

  test('a hint ends the pause', async () => {
    const { worker: one, time, ran } = worker([]);
    await time.nextPause();
    one.wake();
    await time.nextPause();
    expect(ran()).toBe(2);
    await one.stop();
  });

  test('a hint during a round is not lost: another follows without a pause', async () => {
    const { promise, resolve: finish } = Promise.withResolvers<Ran>();
    const { worker: one, time, ran } = worker([() => promise]);
    one.wake();
    finish(0);
    await time.nextPause();
    expect(ran()).toBe(2);
    await one.stop();
  });

  test('failures are told and followed by longer and longer pauses, which a hint does not shorten', async () => {
    const { worker: one, time, errors, ran } = worker([fails, fails, did(0)]);
    const first = await time.nextPause();
    one.wake();
    expect(first.milliseconds).toBe(250);
    expect(ran()).toBe(1);
    first.pass();
    const second = await time.nextPause();
    expect(second.milliseconds).toBe(500);
    second.pass();
    expect((await time.nextPause()).milliseconds).toBe(1_000);
    expect(errors).toHaveLength(2);
    await one.stop();
  });

  test('a stop waits for the round under way and begins no other', async () => {
    const { promise, resolve: finish } = Promise.withResolvers<Ran>();
    const { worker: one, ran } = worker([() => promise]);
    const stopped = one.stop();
    finish(3);
    await stopped;
    expect(ran()).toBe(1);
  });

  test('a stop does not wait for a round that never ends', async () => {
    const { worker: one, time } = worker([() => new Promise(() => undefined)]);
    const stopped = one.stop();
    (await time.nextPause()).pass();
    await stopped;
  });
});
