import { beforeAll, afterAll, test } from 'vitest';
import { openJourney, PHONE, LAPTOP, axeFaults, type Journey } from './program.ts';
let j: Journey;
beforeAll(async () => {
  j = await openJourney({ at: '2026-03-24T10:00:00-06:00' });
}, 120_000);
afterAll(() => j?.stop());
const D = '/tmp/rosterwork/shots/';
test('look', async () => {
  const s = j.submit;
  await s({
    fact: 'document.kind-set',
    id: 'ine',
    name: 'Identificación oficial',
    by: 'administrator',
    roles: [],
    expires: true,
    warnDays: 30,
    fromOn: '2026-03-01',
    ended: false,
  });
  await s({
    fact: 'exam.set',
    id: 'leads',
    name: 'Manejo de leads',
    by: 'administrator',
    roles: [],
    passingMark: 80,
    topMark: 100,
    fromOn: '2026-03-01',
    ended: false,
  });
  for (const [p, e] of [
    ['ana', '2027-01-01'],
    ['beto', '2026-04-10'],
  ] as const)
    await s({
      fact: 'document.filed',
      document: `d-${p}`,
      person: p,
      kind: 'ine',
      by: 'administrator',
      expiresOn: e,
      sha256: 'aa'.repeat(32),
      mediaType: 'application/pdf',
      bytes: 10,
      fileName: 'ine.pdf',
    });
  for (const [p, m] of [
    ['ana', 92],
    ['beto', 80],
    ['caro', 61],
  ] as const)
    await s({
      fact: 'exam.recorded',
      result: `r-${p}`,
      exam: 'leads',
      person: p,
      by: 'administrator',
      mark: m,
      takenOn: '2026-03-10',
    });
  for (const [p, n] of [
    ['ana', 5],
    ['beto', 2],
    ['caro', 4],
  ] as const)
    await s({ fact: 'month.results', person: p, month: '2026-03', sales: n, leads: 40, closings: n });
  await s({
    fact: 'absence.asked',
    absence: 'A1',
    person: 'beto',
    by: 'beto',
    fromOn: '2026-04-06',
    untilOn: '2026-04-08',
    kind: 'vacation',
    reason: 'Boda de mi hermana',
  });
  const dora = await j.signedIn('dora', LAPTOP);
  await dora.goto(j.address + '/roster/proposal');
  await dora.waitForTimeout(1500);
  await dora.screenshot({ path: D + 'proposal.png' });
  await dora.getByRole('row').filter({ hasText: 'Caro' }).click();
  await dora.waitForTimeout(600);
  await dora.screenshot({ path: D + 'proposal-panel.png' });
  console.log('axe proposal', await axeFaults(dora));
  await dora.goto(j.address + '/shifts?month=2026-04');
  await dora.waitForTimeout(1200);
  await dora.getByRole('button', { name: 'Repartir parejo' }).click();
  await dora.waitForTimeout(500);
  await dora.screenshot({ path: D + 'shifts.png', fullPage: true });
  console.log('axe shifts', await axeFaults(dora));
  await dora.getByRole('button', { name: /^Publicar/ }).click();
  await dora.waitForTimeout(1200);
  await dora.screenshot({ path: D + 'shifts-published.png', fullPage: true });
  const admin = await j.signedIn('administrator', { ...LAPTOP, scheme: 'dark' });
  await admin.goto(j.address + '/papers');
  await admin.waitForTimeout(1000);
  await admin.getByRole('row').filter({ hasText: 'Beto' }).click();
  await admin.waitForTimeout(600);
  await admin.screenshot({ path: D + 'papers.png' });
  console.log('axe papers', await axeFaults(admin));
  await admin.getByRole('button', { name: 'Qué se pide' }).click();
  await admin.waitForTimeout(500);
  await admin.screenshot({ path: D + 'papers-asked.png' });
  const ana = await j.signedIn('ana', PHONE);
  await ana.goto(j.address + '/shifts?month=2026-04');
  await ana.waitForTimeout(1200);
  await ana.screenshot({ path: D + 'shifts-phone.png', fullPage: true });
  console.log('axe phone', await axeFaults(ana));
  await ana.goto(j.address + '/signatures');
  await ana.waitForTimeout(800);
  await ana.screenshot({ path: D + 'sign-phone.png' });
  await ana.getByRole('button', { name: 'Leer' }).first().click();
  await ana.waitForTimeout(800);
  await ana.screenshot({ path: D + 'sign-read.png', fullPage: true });
  const saul = await j.signedIn('saul', LAPTOP);
  await saul.goto(j.address + '/signatures');
  await saul.waitForTimeout(800);
  await saul.getByText('Ver también').click();
  await saul.waitForTimeout(500);
  await saul.screenshot({ path: D + 'sign-saul.png' });
  await saul.goto(j.address + '/roster');
  await saul.waitForTimeout(800);
  await saul.screenshot({ path: D + 'roster-saul.png' });
}, 120_000);
