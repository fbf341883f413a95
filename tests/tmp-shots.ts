import { chromium } from 'playwright-core';
import { readFileSync, writeFileSync } from 'node:fs';
import { findChromium } from './chromium.ts';
const f = findChromium(); if (!f) throw new Error('x');
const log = readFileSync('/tmp/claims-tmp/demo.log', 'utf8');
const cred = (word: string) => { const m = new RegExp(`  ${word}\\s+(\\S+@\\S+)\\s+(\\S+)`).exec(log); return { email: m![1]!, password: m![2]! }; };
const pw = cred('asesor').password;
const first = cred('asesor').email;
const others = log.split('\n').find((l) => l.startsWith('  ') && l.split('@').length > 4)!.trim().split(/\s+/);
const who: Record<string, { email: string; password: string }> = {
  control: cred('Área de Control'), admin: cred('administrador'), holder: { email: first, password: pw },
  requester: { email: others[4]!, password: pw }, director: cred('dirección'), system: cred('sistemas') };
const base = 'http://127.0.0.1:8473';
const out = '/tmp/claims-tmp/shots';
const b = await chromium.launch({ executablePath: f.executablePath, env: f.env as never, args: [...f.args] });
async function page(person: string, { width = 1366, height = 768, scheme = 'light', language = '' } = {}) {
  const c = await b.newContext({ viewport: { width, height }, locale: 'es-MX', timezoneId: 'America/Mexico_City', colorScheme: scheme as 'light', reducedMotion: 'reduce', ...(width < 600 ? { hasTouch: true, isMobile: true } : {}) });
  if (language) await c.addInitScript(`localStorage.setItem('pauta.language', '${language}')`);
  const p = await c.newPage(); p.setDefaultTimeout(20000);
  p.on('console', (m) => { if (m.type() === 'error') console.log(person, m.text().slice(0, 300)); });
  await p.goto(`${base}/sign-in`);
  await p.locator('input[type="email"]').fill(who[person]!.email);
  await p.locator('input[type="password"]').fill(who[person]!.password);
  await p.locator('button[type="submit"]').click();
  await p.locator('#content').waitFor();
  return p;
}
const shot = async (p: import('playwright-core').Page, name: string, full = true) => { await p.waitForTimeout(900); await p.screenshot({ path: `${out}/${name}.png`, fullPage: full }); };
const only = process.argv.slice(2);
const jobs: Record<string, () => Promise<void>> = {
  async control() {
    const p = await page('control');
    await shot(p, 'desk');
    for (const id of ['claim-due-soon', 'claim-asked', 'claim-appealed', 'claim-kept', 'claim-agreed']) { await p.goto(`${base}/claims/${id}`); await shot(p, id); }
    await p.goto(`${base}/cases`); await p.getByText('Resueltos').click(); await shot(p, 'done');
    await p.goto(`${base}/mailbox`); await shot(p, 'mailbox');
    const row = p.getByRole('row').nth(1); await row.click().catch(() => undefined); await shot(p, 'mailbox-panel');
    const pdf = await p.request.get(`${base}/api/claims/claim-appealed/file.pdf`); writeFileSync(`${out}/case.pdf`, await pdf.body());
    const pdf2 = await p.request.get(`${base}/api/claims/claim-kept/file.pdf`); writeFileSync(`${out}/kept.pdf`, await pdf2.body());
  },
  async phone() {
    const p = await page('holder', { width: 390, height: 844 });
    await p.goto(`${base}/claims`); await shot(p, 'holder-claims-390');
    await p.goto(`${base}/claims/claim-asked`); await shot(p, 'holder-asked-390');
    await p.getByRole('button', { name: /Mandar pruebas/ }).click(); await shot(p, 'holder-evidence-390', false);
    const r = await p.request.get(`${base}/api/claims`); const rows = ((await r.json()) as any).rows; const lead = rows.find((x: any) => x.id === 'claim-asked').lead;
    await p.goto(`${base}/leads/${lead}`); await shot(p, 'lead-390');
    await p.getByRole('button', { name: 'Corregir datos' }).click(); await shot(p, 'lead-edit-390', false);
  },
  async requester() {
    const p = await page('requester');
    await p.goto(`${base}/claims/new`); await shot(p, 'request');
    await p.goto(`${base}/claims`); await shot(p, 'requester-claims');
  },
  async lead() {
    const p = await page('holder');
    const r = await p.request.get(`${base}/api/claims`); const rows = ((await r.json()) as any).rows; const lead = rows.find((x: any) => x.id === 'claim-asked').lead;
    await p.goto(`${base}/leads/${lead}`); await p.getByText(/Cambios a los datos/).click(); await shot(p, 'lead');
    const mine = ((await (await p.request.get(`${base}/api/leads?limit=100`)).json()) as any).rows;
    let n = 0;
    for (const each of mine) { const pr = (await (await p.request.get(`${base}/api/leads/${each.id}/protection`)).json()) as any; if (pr.term && Date.parse(pr.dueAt) - Date.now() < 12 * 3600e3 && Date.parse(pr.dueAt) > Date.now() && n < 3) { n += 1; console.log(each.id, pr.term, pr.dueAt); await p.goto(`${base}/leads/${each.id}`); await shot(p, `clock-${pr.term}`); } }
  },
  async looks() {
    for (const [name, o] of [['dark', { scheme: 'dark' }], ['en', { language: 'en' }], ['co', { language: 'es-CO' }], ['390', { width: 390, height: 844 }], ['390-dark-en', { width: 390, height: 844, scheme: 'dark', language: 'en' }]] as const) {
      const p = await page('control', o as object);
      await shot(p, `desk-${name}`);
      await p.goto(`${base}/claims/claim-appealed`); await shot(p, `case-${name}`);
      await p.goto(`${base}/mailbox`); await shot(p, `mailbox-${name}`);
    }
  },
  async admin() { const p = await page('admin'); await p.goto(`${base}/cases`); await shot(p, 'admin-cases'); await p.goto(`${base}/claims/claim-asked`); await shot(p, 'admin-case'); },
};
for (const name of only.length ? only : Object.keys(jobs)) { try { await jobs[name]!(); console.log('done', name); } catch (e) { console.log('FAIL', name, String(e).slice(0, 400)); } }
await b.close();
