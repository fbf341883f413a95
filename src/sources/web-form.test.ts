import { describe, expect, test } from 'vitest';
import { readFormBody } from '../platform/form-body.ts';
import { instant, plus, SECOND } from '../platform/time.ts';
import { embedSnippet, thanksAddress, thanksPage, webFormPage } from './web-form-page.ts';
import { formRateKey, readWebForm, stampOf, type WebForm } from './web-form.ts';

const form: WebForm = {
  key: 'contacto',
  source: 'web',
  language: 'es-MX',
  title: 'Agende su visita',
  submit: 'Enviar',
  fields: [
    { name: 'nombre', target: 'name', label: 'Nombre completo', kind: 'text', required: true },
    { name: 'tel', target: 'phone', label: 'Teléfono', kind: 'tel', required: false },
    { name: 'correo', target: 'email', label: 'Correo', kind: 'email', required: false },
    {
      name: 'interes',
      target: 'keep',
      label: 'Interés',
      kind: 'select',
      required: false,
      options: ['Casa', 'Terreno "A" <b>'],
    },
  ],
  consent: {
    current: 'v2',
    texts: { v1: 'Texto anterior', v2: 'Acepto el aviso de privacidad' },
    required: true,
  },
  thanks: { text: '¡Gracias! Le llamamos pronto.' },
  zone: 'norte',
  fillSecondsMin: 3,
};
const shownAt = instant('2026-07-15T15:59:00Z');
const now = plus(shownAt, 40 * SECOND);
const door = { zone: 'America/Mexico_City', now, secret: 's3cret' };
const stamp = stampOf(form, shownAt, door.secret);
const sent = (over: Record<string, string> = {}) =>
  readFormBody(
    new URLSearchParams({
      nombre: 'María Núñez',
      tel: '55 1234 5678',
      interes: 'Casa',
      consent: 'v2',
      website: '',
      stamp,
      ...over,
    }).toString(),
  );

describe('what a person sends', () => {
  test('a lead with its consent', () => {
    const marks = { utm_source: 'google', gclid: 'Cj0', token: 'x' };
    expect(readWebForm(form, sent(), { ...door, marks })).toEqual({
      intake: {
        source: 'web',
        sourceId: expect.stringMatching(/^form:[0-9a-f]{64}$/),
        sentAt: now,
        name: 'María Núñez',
        phones: ['55 1234 5678'],
        emails: [],
        campaign: { formId: 'contacto', formName: 'Agende su visita', platform: 'google', clickId: 'Cj0' },
        consent: { text: 'Acepto el aviso de privacidad', at: now },
        test: false,
        zone: 'norte',
        fields: { interes: 'Casa' },
      },
    });
  });

  test('who had the page open while the text changed agreed to the old one', () => {
    expect(readWebForm(form, sent({ consent: 'v1' }), door)).toMatchObject({
      intake: { consent: { text: 'Texto anterior' } },
    });
  });

  test('a double click is one lead; another person on the same cached page is another', () => {
    const id = (over: Record<string, string>, at = now) => {
      const post = readWebForm(form, sent(over), { ...door, now: at });
      return 'intake' in post ? post.intake.sourceId : null;
    };
    expect(id({})).toBe(id({}, plus(now, SECOND)));
    expect(id({})).not.toBe(id({ nombre: 'Otra' }));
  });

  test.each([
    ['no name', { nombre: ' ' }, 'required-missing', 'nombre'],
    ['box not ticked', { consent: '' }, 'consent-missing', 'consent'],
    ['a version never shown', { consent: 'constructor' }, 'consent-missing', 'consent'],
    ['no phone and no e-mail', { tel: '  ' }, 'no-way-to-reach', 'tel'],
  ])('%s', (_name, over, code, field) => {
    expect(readWebForm(form, sent(over), door)).toMatchObject({ faults: [{ code, field }] });
  });

  test.each([
    ['the hidden field written in', { website: 'https://example.com' }, now, 'honeypot'],
    ['sent after two seconds', {}, plus(shownAt, 2 * SECOND), 'too-fast'],
    ['no stamp', { stamp: '' }, now, 'no-stamp'],
    ['a stamp made up', { stamp: `${shownAt}.${'0'.repeat(64)}` }, now, 'no-stamp'],
    [
      'a stamp of another form',
      { stamp: stampOf({ ...form, key: 'otro' }, shownAt, door.secret) },
      now,
      'no-stamp',
    ],
    [
      'a stamp from the future',
      { stamp: stampOf(form, plus(now, 3600 * SECOND), door.secret) },
      now,
      'no-stamp',
    ],
  ])('%s is a program', (_name, over, at, discarded) => {
    expect(readWebForm(form, sent(over), { ...door, now: at })).toEqual({ discarded });
  });

  test.each([
    ['exactly the least time', plus(shownAt, 3 * SECOND)],
    ['a page left open for three days', plus(shownAt, 3 * 86_400 * SECOND)],
  ])('%s is a person', (_name, at) =>
    expect(readWebForm(form, sent(), { ...door, now: at })).toHaveProperty('intake'),
  );

  test.each([null, [], 'x', 7])('%j is discarded', (body) =>
    expect(readWebForm(form, body, door)).toHaveProperty('discarded'),
  );
});

describe('the page', () => {
  const evil: WebForm = { ...form, title: '"><script>alert(1)</script>' };
  test('no script, and nothing of the organization’s words is markup', () => {
    for (const html of [
      webFormPage(evil, { action: '/f?a=1&b="2', stamp, values: { nombre: '"><img src=x>' } }),
      thanksPage(evil),
      embedSnippet(evil, 'https://crm.example.com/f'),
    ]) {
      expect(html).not.toMatch(/<script|<img/);
    }
  });

  test('every control has its label, errors are announced and tied to their field', () => {
    const faults = readWebForm(form, sent({ nombre: '', tel: '' }), door);
    if (!('faults' in faults)) throw new Error('no faults');
    const html = webFormPage(form, { action: '/f/contacto', stamp, ...faults });
    expect(html).toContain('<html lang="es-MX">');
    for (const { name } of form.fields) {
      expect(html).toContain(`<label for="f-${name}">`);
      expect(html).toContain(`id="f-${name}"`);
    }
    expect(html).toContain('role="alert"');
    expect(html).toContain('aria-invalid="true" aria-describedby="f-nombre-e"');
    expect(html).toContain('id="f-nombre-e"');
    expect(html).toContain('autocomplete="tel"');
    expect(html).toContain('<option selected>Casa</option>');
    expect(html).toContain('Terreno &quot;A&quot; &lt;b&gt;');
  });

  test.each([
    ['https://example.com/gracias', 'https://example.com/gracias'],
    ['javascript:alert(1)', null],
    ['http://example.com', null],
  ])('after sending, %s', (redirectTo, address) => {
    expect(thanksAddress({ ...form, thanks: { redirectTo } })).toBe(address);
  });

  test.each([
    ['203.0.113.9', 'form:contacto:203.0.113.9'],
    ['::ffff:203.0.113.9', 'form:contacto:203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', 'form:contacto:2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', 'form:contacto:2001:db8:1:2::/64'],
    ['2001:db8::9', 'form:contacto:2001:db8:0:0::/64'],
  ])('rate key of %s', (address, key) => expect(formRateKey(form, address)).toBe(key));
});
