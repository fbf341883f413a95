import type { About } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { dayAndTime, named, text, type NoticeFacts, type Words } from './notice-values.ts';
import { NOTICE_CATALOGS } from './templates.ts';

type ClaimAbout = Extract<About, `claim.${string}` | `protection.${string}` | 'lead.edit-flagged'>;

/** What a rule told of a claim, or of a lead's clocks → what the person reads. */
export const CLAIM_NOTICE_OF: { readonly [A in ClaimAbout]: Words } = {
  'claim.returned': (f) => ({ kind: 'claim-returned', values: { ...aboutClaim(f), parts: missing(f) } }),
  'claim.received': (f) => ({ kind: 'claim-received', values: aboutClaim(f) }),
  'claim.opened': (f) => ({
    kind: 'claim-opened',
    values: { ...aboutClaim(f), advisor: named(f, 'requester') },
  }),
  'claim.status-asked': (f) => ({ kind: 'claim-status-asked', values: due(f) }),
  'claim.evidence-due': (f) => ({ kind: 'claim-evidence-due', values: due(f) }),
  'claim.proposed': (f) => ({ kind: 'claim-proposed', values: { ...aboutClaim(f), ruling: ruling(f) } }),
  'claim.ruled': (f) => ({ kind: 'claim-ruled', values: { ...aboutClaim(f), ruling: ruling(f) } }),
  'claim.ruling-soon': (f) => ({ kind: 'claim-ruling-soon', values: due(f) }),
  'claim.ruling-late': (f) => ({ kind: 'claim-ruling-late', values: due(f) }),
  'claim.sign': (f) => ({ kind: 'claim-sign', values: aboutClaim(f) }),
  'claim.appealed': (f) => ({ kind: 'claim-appealed', values: due(f) }),
  'claim.appeal-ruled': (f) => ({
    kind: 'claim-appeal-ruled',
    values: { ...aboutClaim(f), ruling: ruling(f) },
  }),
  'claim.closed': (f) => ({ kind: 'claim-closed', values: aboutClaim(f) }),
  'lead.edit-flagged': (f) => ({
    kind: 'edit-flagged',
    values: { leadName: leadName(f), url: leadPage(f), advisor: named(f, 'by') },
  }),
  'protection.soon': (f) => ({
    kind: 'protection-soon',
    values: { leadName: leadName(f), url: leadPage(f), dueTime: dueTime(f), term: term(f) },
  }),
  'protection.over': (f) => ({
    kind: 'protection-over',
    values: { leadName: leadName(f), url: leadPage(f), term: term(f) },
  }),
};

/** A party reads it among their own claims, the control area at its desk: one address serves both. */
function aboutClaim(f: NoticeFacts): { readonly leadName: string; readonly url: string } {
  return { leadName: leadName(f), url: `${f.publicUrl}/claims/${text(f, 'claim')}` };
}

function leadName(f: NoticeFacts): string {
  return f.lead?.name ?? NOTICE_CATALOGS[f.language].words.nameless;
}

function leadPage({ publicUrl, leadId }: NoticeFacts): string {
  return `${publicUrl}/leads/${leadId ?? ''}`;
}

function due(f: NoticeFacts) {
  return { ...aboutClaim(f), dueTime: dueTime(f) };
}

function dueTime(f: NoticeFacts): string {
  const dueAt = f.values['dueAt'];
  return dayAndTime(f, typeof dueAt === 'string' ? (dueAt as Instant) : f.now);
}

function ruling(f: NoticeFacts): string {
  const { outcome } = NOTICE_CATALOGS[f.language].claims;
  return text(f, 'outcome') === 'reassign' ? outcome.reassign : outcome.keep;
}

function missing(f: NoticeFacts): string {
  const words: Readonly<Record<string, string>> = NOTICE_CATALOGS[f.language].claims.missing;
  const parts = f.values['missing'];
  return Array.isArray(parts) ? parts.map((part) => words[String(part)] ?? String(part)).join(', ') : '';
}

function term(f: NoticeFacts): string {
  const words: Readonly<Record<string, string>> = NOTICE_CATALOGS[f.language].claims.term;
  return words[text(f, 'term')] ?? '';
}
