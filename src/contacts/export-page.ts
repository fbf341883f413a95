import type { Row } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';
import type { ExportTexts } from './export-texts.ts';
import type { KeptBy } from './kept.ts';

export interface PersonExport {
  readonly organization: string;
  readonly contact: string;
  readonly exportedAt: Instant;
  readonly exportedBy: string;
  readonly sections: readonly { readonly section: KeptBy['section']; readonly rows: readonly Row[] }[];
}

/** One page that opens anywhere and holds nothing but text: no script, nothing fetched, every value escaped. */
export function exportPage(file: PersonExport, language: 'es' | 'en', texts: ExportTexts): string {
  const sections = file.sections.map(
    ({ section, rows }) =>
      `<section><h2>${escape(texts.sections[section])}</h2>${rows.length === 0 ? `<p>${escape(texts.nothing)}</p>` : rows.map((row) => list(row, texts)).join('')}</section>`,
  );
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(texts.title)}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:12rem 1fr;gap:.25rem 1rem;border-top:1px solid #999;padding:.5rem 0;margin:0}dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}</style></head>
<body><h1>${escape(texts.title)}</h1><p>${escape(file.organization)} · ${escape(texts.made)} <time datetime="${file.exportedAt}">${file.exportedAt}</time></p>
${sections.join('\n')}
</body></html>
`;
}

function list(row: Row, texts: ExportTexts): string {
  const lines = Object.entries(row)
    .map(([name, value]) => [texts.columns[name] ?? name, plain(value, texts)] as const)
    .filter(([, text]) => text !== '');
  return `<dl>${lines.map(([name, text]) => `<dt>${escape(name)}</dt><dd>${escape(text)}</dd>`).join('')}</dl>`;
}

function plain(value: unknown, texts: ExportTexts): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((each) => plain(each, texts)).join('\n');
  return Object.entries(value)
    .map(([name, each]) => [name, plain(each, texts)])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}: ${text}`)
    .join(', ');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? '');
}
