import type { About } from '../decisions/index.ts';
import { monthName, named, text, type NoticeFacts, type NoticeInWords, type Words } from './notice-values.ts';

type OfRules = Extract<About, 'conversion.below' | 'procedure.proposed' | 'procedure.decided'>;

/** What is told of results and of versions of procedures. */
export const RULES_NOTICE_OF: { readonly [A in OfRules]: Words } = {
  'conversion.below': conversionBelow,
  'procedure.proposed': (f) => ({ kind: 'version-proposed', values: aboutVersion(f) }),
  'procedure.decided': (f) => ({
    kind: f.values['outcome'] === 'adopted' ? 'version-published' : 'version-rejected',
    values: aboutVersion(f),
  }),
};

const WHOLE = 100;

function conversionBelow(f: NoticeFacts): NoticeInWords {
  const value = f.values['value'];
  const ratio = typeof value === 'number' ? value : 0;
  const number = new Intl.NumberFormat(f.language, { maximumFractionDigits: 1 });
  const month = text(f, 'month');
  const values = {
    month: monthName(f, month),
    percent: `${number.format(ratio * WHOLE)} %`,
    url: `${f.publicUrl}/reports?month=${month}`,
  };
  return f.values['zone'] === undefined
    ? { kind: 'conversion-below', values: { ...values, advisor: named(f, 'person') } }
    : { kind: 'conversion-below-zone', values: { ...values, zone: text(f, 'zone') } };
}

function aboutVersion(f: NoticeFacts) {
  const [year = '', month = '', day = ''] = text(f, 'effectiveOn').split('-');
  const url = `${f.publicUrl}/procedures?procedure=${encodeURIComponent(text(f, 'procedure'))}`;
  return { advisor: named(f, 'by'), date: `${day}/${month}/${year}`, url };
}
