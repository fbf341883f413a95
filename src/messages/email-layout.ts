/**
 * A notice or an invitation as an e-mail: plain text and clean HTML of one column with one button. Pure.
 * Tables and inline styles because mail readers know nothing newer; no images, so nothing is asked from outside and
 * nobody is tracked.
 */

export interface EmailLayout {
  /** Whose letter it is: the organization's name. */
  readonly organization: string;
  readonly language: string;
  readonly title: string;
  /** Paragraphs divided by an empty line. */
  readonly text: string;
  readonly button?: { readonly label: string; readonly url: string };
  /** Why the reader gets it, in small letters. */
  readonly footer?: string;
}

export function layOutEmail(letter: EmailLayout): { readonly text: string; readonly html: string } {
  return { text: plain(letter), html: html(letter) };
}

function plain(letter: EmailLayout): string {
  const button = letter.button ? [`${letter.button.label}: ${letter.button.url}`] : [];
  const footer = ['-- ', letter.organization, ...(letter.footer === undefined ? [] : [letter.footer])].join(
    '\n',
  );
  return [letter.title, letter.text.trim(), ...button, footer].join('\n\n') + '\n';
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

function html(letter: EmailLayout): string {
  const paragraphs = letter.text
    .trim()
    .split(/\n\s*\n/)
    .map((text) => `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(letter.language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(letter.title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f5f7;color:#1f2430;${FONT};font-size:16px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff;border-radius:8px">
<tr><td style="padding:32px">
<p style="margin:0 0 8px;font-size:14px;color:#5b6472">${escapeHtml(letter.organization)}</p>
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escapeHtml(letter.title)}</h1>
${paragraphs}
${buttonHtml(letter.button)}${footerHtml(letter.footer)}</td></tr></table>
</td></tr></table>
</body></html>
`;
}

function buttonHtml(button: EmailLayout['button']): string {
  // Only web addresses become links: a `javascript:` or `data:` one stays out of the letter.
  if (!button || !/^https?:\/\//i.test(button.url)) return '';
  const url = escapeHtml(button.url);
  return `<p style="margin:24px 0"><a href="${url}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#1f5eff;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(button.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#5b6472;word-break:break-all">${url}</p>
`;
}

function footerHtml(footer: string | undefined): string {
  if (footer === undefined) return '';
  return `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e3e6eb;font-size:13px;color:#5b6472">${escapeHtml(footer)}</p>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
