import type { Fault } from '../platform/fault.ts';
import { HONEYPOT, type FormField, type WebForm } from './web-form.ts';

/** Words of the page that are the product's, not the organization's. */
const WORDS = {
  es: {
    required: 'obligatorio',
    problem: 'Revise lo siguiente:',
    leave: 'Deje este campo vacío',
    choose: 'Elija una opción',
    thanks: 'Gracias',
  },
  en: {
    required: 'required',
    problem: 'Please check:',
    leave: 'Leave this field empty',
    choose: 'Choose one',
    thanks: 'Thank you',
  },
} as const;

export interface FormPage {
  /** Where the form posts to. */
  action: string;
  stamp: string;
  /** What was wrong and written, when it is shown again. */
  faults?: readonly Fault[];
  values?: Readonly<Record<string, string>>;
}

/**
 * The headers the page is served with: no script may run in it, it posts only home, and it may stand in any page's frame.
 */
export const FORM_PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
} as const;

/** The form as one page without scripts, to stand in a frame: labels, errors and focus as a screen reader needs them. */
export function webFormPage(form: WebForm, page: FormPage): string {
  const words = wordsOf(form);
  const faults = page.faults ?? [];
  const faulty = (name: string) => faults.find(({ field }) => field === name);
  const rows = form.fields.map((field) =>
    fieldRow(field, page.values?.[field.name] ?? '', faulty(field.name), form),
  );
  return document(
    form,
    form.title,
    `<main><h1>${escaped(form.title)}</h1>${summary(faults, form)}
<form method="post" action="${escaped(page.action)}" accept-charset="utf-8" novalidate>
${rows.join('\n')}
<div class="away" aria-hidden="true"><label>${words.leave} <input name="${HONEYPOT}" tabindex="-1" autocomplete="off"></label></div>
${consentRow(form, faulty('consent'))}
<input type="hidden" name="stamp" value="${escaped(page.stamp)}">
<button type="submit">${escaped(form.submit)}</button>
</form></main>`,
  );
}

/** What is shown after sending, to people and to programs alike. */
export function thanksPage(form: WebForm): string {
  const text = 'text' in form.thanks ? form.thanks.text : wordsOf(form).thanks;
  return document(
    form,
    form.title,
    `<main><p role="status" tabindex="-1" autofocus>${escaped(text)}</p></main>`,
  );
}

/** Where to send the browser after sending (303), or null to show `thanksPage`. Only https: a saved form is no way to run a script. */
export function thanksAddress(form: WebForm): string | null {
  if (!('redirectTo' in form.thanks)) return null;
  return /^https:\/\/[^\s"'<>]+$/.test(form.thanks.redirectTo) ? form.thanks.redirectTo : null;
}

/** The lines to paste into a page. `address` is where the form is served. */
export function embedSnippet(form: WebForm, address: string): string {
  return `<iframe src="${escaped(address)}" title="${escaped(form.title)}" loading="lazy" style="border:0;width:100%;min-height:${frameHeight(form)}px" referrerpolicy="strict-origin-when-cross-origin"></iframe>`;
}

const ROW_PIXELS = 84;
const FRAME_PIXELS = 240;
function frameHeight(form: WebForm): number {
  return FRAME_PIXELS + ROW_PIXELS * form.fields.length;
}

function fieldRow(field: FormField, value: string, fault: Fault | undefined, form: WebForm): string {
  const id = `f-${escaped(field.name)}`;
  const marks = [
    `id="${id}" name="${escaped(field.name)}"`,
    field.required ? 'required aria-required="true"' : '',
    fault === undefined ? '' : `aria-invalid="true" aria-describedby="${id}-e"`,
    autocompleteOf(field),
  ].filter(Boolean);
  const required = field.required ? ` <span class="r">(${wordsOf(form).required})</span>` : '';
  const error = fault === undefined ? '' : `<p class="e" id="${id}-e">${escaped(said(fault, form))}</p>`;
  return `<p><label for="${id}">${escaped(field.label)}${required}</label>${control(field, value, marks.join(' '), form)}</p>${error}`;
}

function control(field: FormField, value: string, marks: string, form: WebForm): string {
  if (field.kind === 'textarea')
    return `<textarea ${marks} rows="3" maxlength="5000">${escaped(value)}</textarea>`;
  if (field.kind === 'select') {
    const options = (field.options ?? []).map(
      (option) => `<option${option === value ? ' selected' : ''}>${escaped(option)}</option>`,
    );
    return `<select ${marks}><option value="">${wordsOf(form).choose}</option>${options.join('')}</select>`;
  }
  return `<input type="${field.kind}" ${marks} value="${escaped(value)}" maxlength="500">`;
}

const AUTOCOMPLETE: Partial<Record<FormField['target'], string>> = {
  name: 'name',
  firstName: 'given-name',
  lastName: 'family-name',
  phone: 'tel',
  email: 'email',
  company: 'organization',
  city: 'address-level2',
};
function autocompleteOf(field: FormField): string {
  const hint = AUTOCOMPLETE[field.target];
  return hint === undefined ? '' : `autocomplete="${hint}"`;
}

function consentRow(form: WebForm, fault: Fault | undefined): string {
  if (form.consent === null) return '';
  const { current, texts, required } = form.consent;
  const wrong = fault === undefined ? '' : ' aria-invalid="true" aria-describedby="f-consent-e"';
  const error = fault === undefined ? '' : `<p class="e" id="f-consent-e">${escaped(said(fault, form))}</p>`;
  return `<p><label class="c"><input type="checkbox" id="f-consent" name="consent" value="${escaped(current)}"${required ? ' required' : ''}${wrong}> <span>${escaped(texts[current] ?? '')}</span></label></p>${error}`;
}

function summary(faults: readonly Fault[], form: WebForm): string {
  if (faults.length === 0) return '';
  const items = faults.map(
    (fault) => `<li><a href="#f-${escaped(fault.field ?? '')}">${escaped(said(fault, form))}</a></li>`,
  );
  return `<div role="alert" tabindex="-1" autofocus><p>${wordsOf(form).problem}</p><ul>${items.join('')}</ul></div>`;
}

/** The label is what the person knows the field by. */
function said(fault: Fault, form: WebForm): string {
  const language = languageOf(form);
  const label = form.fields.find(({ name }) => name === fault.field)?.label;
  if (fault.code === 'required-missing' && label !== undefined) return `${label}: ${wordsOf(form).required}`;
  return `${fault.message[language]} ${fault.remedy[language]}`;
}

function languageOf(form: WebForm): 'es' | 'en' {
  return form.language === 'en' ? 'en' : 'es';
}
function wordsOf(form: WebForm): (typeof WORDS)['es' | 'en'] {
  return WORDS[languageOf(form)];
}

const STYLE = `body{margin:0;font:1rem/1.4 system-ui,sans-serif;color:#1a1a1a;background:transparent}main{max-width:34rem;margin:auto;padding:1rem}h1{font-size:1.25rem}label{display:block;font-weight:600}label.c{display:flex;gap:.5rem;font-weight:400}input:not([type=checkbox]),select,textarea{box-sizing:border-box;width:100%;padding:.6rem;font:inherit;border:1px solid #6b6b6b;border-radius:.3rem;background:#fff;color:inherit}:focus-visible{outline:3px solid #1b5fc1;outline-offset:2px}.r{font-weight:400;color:#595959}.e,[role=alert]{color:#a4161a}[role=alert] a{color:inherit}.away{position:absolute;left:-999rem}button{padding:.7rem 1.2rem;font:inherit;font-weight:600;color:#fff;background:#1b5fc1;border:0;border-radius:.3rem}`;

function document(form: WebForm, title: string, body: string): string {
  return `<!doctype html>
<html lang="${form.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
${body}
</body></html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
