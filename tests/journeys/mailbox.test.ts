/** The control area works requests that came by mail: through a real IMAP server, set up on the settings screen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { provideDovecot, startDovecot, type MailServer } from '../dovecot.ts';
import { mail } from '../mails.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';
import { emailOf } from './floor.ts';

const provided = await provideDovecot();
if ('missing' in provided) console.log(`Not had here: ${provided.missing}`);
const installed = 'installed' in provided ? provided.installed : null;

describe.runIf(installed !== null)('the designated mailbox', () => {
  let journey: Journey;
  let server: MailServer;
  let page: Page;
  beforeAll(async () => {
    if (installed === null) throw new Error('no Dovecot');
    server = await startDovecot(installed);
    journey = await openJourney();
    const lead = { lead: 'carla', name: 'Carla Ruiz', phone: '55 1000 0001', email: 'carla@example.net' };
    await journey.receive(lead);
    await journey.submit({
      fact: 'lead.placed',
      lead: 'carla',
      by: 'administrator',
      to: 'beto',
      reason: 'prueba',
    });
  });
  afterAll(async () => {
    // First: it is up even where the floor did not open.
    await server.close();
    await journey.stop();
  });

  const asking = (text: string, subject: string): Promise<void> =>
    server.deliver('casos', mail({ from: `Ana Torres <${emailOf('ana')}>`, subject, text }));

  test('is set up and tried on the settings screen', async () => {
    const settings = await journey.signedIn('administrator', LAPTOP);
    await settings.goto(`${journey.address}/settings/channels`);
    const card = settings.getByRole('region', { name: 'Buzón designado' });
    await card.getByLabel('Correo al que se escribe').fill('casos@example.com');
    await card.getByLabel('Servidor IMAP').fill(server.host);
    await card.getByLabel('Puerto').fill(String(server.port));
    await card.getByLabel('Seguridad').selectOption('starttls');
    await card.getByLabel('Usuario').fill('casos');
    await card.getByLabel('Contraseña').fill('otra');
    await card.getByRole('button', { name: 'Probar' }).click();
    await card.getByText('El servidor no acepta el usuario o la contraseña.').waitFor();
    await card.getByLabel('Contraseña').fill(server.password);
    await card.getByRole('button', { name: 'Probar' }).click();
    await card.getByText('Contesta: tiene 0 correos.').waitFor();
    await card.getByRole('button', { name: 'Guardar' }).click();
    await card.getByText('Por leer').waitFor();
    await shot(settings, 'mailbox-settings');
  });

  test('a request that lacks something waits, with its mail beside what was read', async () => {
    await asking(
      'Buen día.\n\nNombre: Carla Ruiz\nTel: 55 1000 0001\nFuente: Facebook\n\nQuedo atenta, Ana',
      'Solicito lead de Carla',
    );
    page = await journey.signedIn('administrator', LAPTOP);
    await page.goto(`${journey.address}/mailbox`);
    const row = page.getByRole('row').filter({ hasText: 'Ana Torres' });
    await row.waitFor({ timeout: 40_000 });
    await row.getByText('correo, imagen con fecha, primer contacto').waitFor();
    await row.click();
    await page.getByText('Quedo atenta, Ana').waitFor();
    expect(await page.getByLabel('Teléfono').inputValue()).toBe('+525510000001');
    await page.getByText('sin fecha de cámara').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'mailbox-draft');
  });

  test('set right by hand it is complete, and goes on', async () => {
    await page.getByLabel('Correo', { exact: true }).fill('carla@example.net');
    await page.getByLabel('Fecha que se lee en la imagen').fill('2026-03-02');
    await page.getByLabel('Muestra evidencia desde el primer contacto').check();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Guardado: si está completa, se envía sola').waitFor();
    await page.getByText('Resueltas').click();
    await page.getByText('Enviada').first().waitFor({ timeout: 40_000 });
  });

  test('another is refused, with the reason', async () => {
    await asking('Hola', 'Otra cosa');
    await page.goto(`${journey.address}/mailbox`);
    const row = page.getByRole('row').filter({ hasText: 'Espera respuesta' });
    await row.first().waitFor({ timeout: 40_000 });
    await row.first().click();
    await page.getByRole('button', { name: 'Rechazar' }).click();
    await page.getByLabel('Motivo').fill('No dice de quién se trata');
    await page.getByRole('dialog').getByRole('button', { name: 'Rechazar' }).click();
    await page.getByText('Solicitud rechazada').waitFor();
    await page.getByText('Resueltas').click();
    await page.getByText('Rechazada').first().waitFor();
  });

  test('it is on Estado, and reads well on a phone', async () => {
    await page.goto(`${journey.address}/state`);
    await page.getByText('Buzón designado').waitFor();
    await shot(page, 'mailbox-state');
    const phone = await journey.signedIn('administrator', { ...PHONE, scheme: 'dark' });
    await phone.goto(`${journey.address}/mailbox`);
    await phone.getByText('Resueltas').click();
    await phone.getByText('Ana Torres').first().waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await shot(phone, 'mailbox-phone');
  });
});

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['PAUTA_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
