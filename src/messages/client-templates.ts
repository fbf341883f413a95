/**
 * What may be written on WhatsApp to somebody who has not written to us in the last day: only texts that Meta has
 * approved. Each is one paragraph that neither begins nor ends with a value; those who approve them see the examples.
 */
import type { TemplateContent } from './channel.ts';
import type { NoticeLanguage } from './notices.ts';

export const CLIENT_TEMPLATES = [
  'first-contact',
  'missed-call',
  'follow-up',
  'appointment-reminder',
] as const;
export type ClientTemplate = (typeof CLIENT_TEMPLATES)[number];

export function isClientTemplate(text: string): text is ClientTemplate {
  return CLIENT_TEMPLATES.some((each) => each === text);
}

/** What the texts are filled with; the person's first name is a courtesy and may be missing. */
export interface ClientTemplateValues {
  readonly name: string | null;
  readonly advisor: string;
  readonly company: string;
  /** Of the appointment, as people say it: "jueves 4 de julio a las 10:30". */
  readonly when?: string;
}

interface ClientCatalog {
  readonly texts: Readonly<Record<ClientTemplate, string>>;
  /** In place of a name nobody gave. */
  readonly nameless: string;
  readonly examples: Readonly<Record<keyof ClientTemplateValues, string>>;
}

/** To clients it is always "usted": whoever wants to be closer says so in their own words. */
const spanish: ClientCatalog = {
  texts: {
    'first-contact':
      'Hola {name}, le saluda {advisor}, de {company}. Recibimos su solicitud de información y con gusto le atiendo. ¿Le llamo ahora o prefiere otra hora?',
    'missed-call':
      'Hola {name}, le saluda {advisor}, de {company}. Le acabo de llamar y no tuve suerte. ¿A qué hora le queda bien que le llame?',
    'follow-up':
      'Hola {name}, le saluda {advisor}, de {company}. Doy seguimiento a la información que me pidió. ¿Le ayudo con algo más?',
    'appointment-reminder':
      'Hola {name}, le recordamos su cita con {advisor}, de {company}: {when}. Si necesita cambiarla, conteste este mensaje.',
  },
  nameless: 'buen día',
  examples: {
    name: 'Carla',
    advisor: 'Ana Robles',
    company: 'Inmobiliaria del Valle',
    when: 'jueves 4 de julio a las 10:30',
  },
};

export const CLIENT_CATALOGS: Readonly<Record<NoticeLanguage, ClientCatalog>> = {
  'es-MX': spanish,
  'es-CO': spanish,
  en: {
    texts: {
      'first-contact':
        'Hello {name}, this is {advisor} of {company}. We received your request for information and I will gladly help you. Shall I call you now, or would another time suit you better?',
      'missed-call':
        'Hello {name}, this is {advisor} of {company}. I have just tried to call you. What time would suit you?',
      'follow-up':
        'Hello {name}, this is {advisor} of {company}. I am following up on the information you asked for. Is there anything else I can help you with?',
      'appointment-reminder':
        'Hello {name}, a reminder of your appointment with {advisor} of {company}: {when}. Should you need to change it, answer this message.',
    },
    nameless: 'there',
    examples: {
      name: 'Carla',
      advisor: 'Ana Robles',
      company: 'Valley Homes',
      when: 'Thursday 4 July at 10:30',
    },
  },
};

/** As approved at Meta: the language is part of the name's identity there. */
export function clientTemplateName(template: ClientTemplate): string {
  return `pauta_client_${template.replaceAll('-', '_')}`;
}

const VALUE_CHARACTERS_MAX = 120;

/** The values in the order of the text, and the text as the person reads it. */
export function fillClientTemplate(
  template: ClientTemplate,
  values: ClientTemplateValues,
  language: NoticeLanguage,
): { readonly variables: string[]; readonly text: string } {
  const { texts, nameless } = CLIENT_CATALOGS[language];
  const pattern = texts[template];
  const value = (name: string): string => {
    const given =
      name === 'name' ? (values.name ?? nameless) : (values[name as keyof ClientTemplateValues] ?? '');
    return given.replaceAll(/\s+/g, ' ').trim().slice(0, VALUE_CHARACTERS_MAX) || '-';
  };
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    variables: names.map(value),
    text: pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name)),
  };
}

const LANGUAGES: Readonly<Record<NoticeLanguage, string>> = { 'es-MX': 'es_MX', 'es-CO': 'es_CO', en: 'en' };

export function clientTemplateContent(
  template: ClientTemplate,
  filled: { readonly variables: readonly string[]; readonly text: string },
  language: NoticeLanguage,
): TemplateContent {
  return {
    kind: 'template',
    name: clientTemplateName(template),
    language: LANGUAGES[language],
    variables: filled.variables,
    fallbackText: filled.text,
  };
}
