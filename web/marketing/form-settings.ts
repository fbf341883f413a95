/** A web form as it is first offered, and how its texts of consent are kept. */
import type { SourceSettings } from '../../src/sources/source.ts';
import type { Say } from '../words.ts';

export type FormSettings = NonNullable<SourceSettings['form']>;
export type FormField = FormSettings['fields'][number];

/** Nobody fills in a form in less; a program does. */
const FILL_SECONDS_MIN = 2;

export function usualForm(t: Say, locale: 'es-MX' | 'es-CO', organization: string): FormSettings {
  return {
    language: locale,
    title: t('marketing.form.usual-title'),
    submit: t('marketing.form.usual-submit'),
    fields: [
      { name: 'nombre', target: 'name', label: t('marketing.form.usual-name'), kind: 'text', required: true },
      {
        name: 'telefono',
        target: 'phone',
        label: t('marketing.form.usual-phone'),
        kind: 'tel',
        required: true,
      },
      {
        name: 'correo',
        target: 'email',
        label: t('marketing.form.usual-email'),
        kind: 'email',
        required: false,
      },
      {
        name: 'mensaje',
        target: 'message',
        label: t('marketing.form.usual-message'),
        kind: 'textarea',
        required: false,
      },
    ],
    consent: {
      current: 'v1',
      texts: { v1: t('marketing.form.usual-consent', { organization }) },
      required: true,
    },
    thanks: { text: t('marketing.form.usual-thanks') },
    fillSecondsMin: FILL_SECONDS_MIN,
  };
}

/** Another text is another version: what people agreed to before stays as they read it. */
export function withConsent(form: FormSettings, saved: FormSettings['consent'], text: string): FormSettings {
  const required = form.consent?.required ?? true;
  if (text.trim() === '') return { ...form, consent: null };
  if (saved === null) return { ...form, consent: { current: 'v1', texts: { v1: text }, required } };
  if (saved.texts[saved.current] === text) return { ...form, consent: { ...saved, required } };
  const next = `v${Object.keys(saved.texts).length + 1}`;
  return { ...form, consent: { current: next, texts: { ...saved.texts, [next]: text }, required } };
}

/** A field's name in what is posted: short, once, without accents. */
export function fieldNameFor(label: string, taken: readonly string[]): string {
  const base =
    label
      .normalize('NFD')
      .replace(/\p{Diacritic}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+|_+$/g, '')
      .slice(0, 30) || 'campo';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!taken.includes(name)) return name;
  }
}
