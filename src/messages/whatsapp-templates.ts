/**
 * The WhatsApp templates to submit to Meta for approval, one for each notice and language, in the shape its
 * `message_templates` call takes. Made from the catalogs, so that what is approved is what is sent.
 *
 * Meta's rules kept here (and by the test beside): names in lower case, at most 512 characters; body at most 1,024, never
 * beginning or ending with a variable; an example for every variable; button labels of at most 25 characters.
 */
import {
  CLIENT_CATALOGS,
  CLIENT_TEMPLATES,
  clientTemplateName,
  fillClientTemplate,
  type ClientTemplate,
} from './client-templates.ts';
import type { NoticeKind, NoticeLanguage } from './notices.ts';
import { NOTICE_CATALOGS, WHATSAPP_LANGUAGES, placeholders, templateName } from './templates.ts';

export const TEMPLATE_BODY_CHARACTERS_MAX = 1_024;
export const TEMPLATE_NAME_CHARACTERS_MAX = 512;
export const BUTTON_CHARACTERS_MAX = 25;

export interface TemplateDefinition {
  readonly name: string;
  readonly language: string;
  /** Notices about a person's own work are utility; to a client only what they asked for is. */
  readonly category: 'UTILITY' | 'MARKETING';
  readonly components: readonly TemplateComponent[];
}

export type TemplateComponent =
  | {
      readonly type: 'BODY';
      readonly text: string;
      readonly example: { readonly body_text: readonly string[][] };
    }
  | { readonly type: 'BUTTONS'; readonly buttons: readonly TemplateButtonDefinition[] };

export type TemplateButtonDefinition =
  | { readonly type: 'QUICK_REPLY'; readonly text: string }
  | {
      readonly type: 'URL';
      readonly text: string;
      readonly url: string;
      readonly example: readonly string[];
    };

const NOTICES_TO_CONFIRM: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'roster-month',
  'roster-asked-again',
  'roster-reminder',
]);

/** Takes the address people reach the product at (`https://pauta.example.com`): the links of the buttons begin with it. */
export function whatsappTemplates(publicUrl: string): TemplateDefinition[] {
  const languages = Object.keys(NOTICE_CATALOGS) as NoticeLanguage[];
  return languages.flatMap((language) => {
    const kinds = Object.keys(NOTICE_CATALOGS[language].notices) as NoticeKind[];
    return [
      ...kinds.map((kind) => definition(kind, language, publicUrl.replace(/\/+$/, ''))),
      ...CLIENT_TEMPLATES.map((template) => clientDefinition(template, language)),
    ];
  });
}

function definition(kind: NoticeKind, language: NoticeLanguage, publicUrl: string): TemplateDefinition {
  const catalog = NOTICE_CATALOGS[language];
  const words = catalog.notices[kind];
  const link: TemplateButtonDefinition = {
    type: 'URL',
    text: words.button,
    url: `${publicUrl}/{{1}}`,
    example: [`${publicUrl}/leads/1`],
  };
  const confirm: TemplateButtonDefinition = { type: 'QUICK_REPLY', text: catalog.confirm };
  return {
    name: templateName(kind),
    language: WHATSAPP_LANGUAGES[language],
    category: 'UTILITY',
    components: [
      {
        type: 'BODY',
        text: numbered(words.body),
        example: { body_text: [placeholders(words.body).map((name) => catalog.examples[name] ?? name)] },
      },
      { type: 'BUTTONS', buttons: NOTICES_TO_CONFIRM.has(kind) ? [confirm, link] : [link] },
    ],
  };
}

/** An appointment's reminder is what the person asked for; the others are ours to offer, and Meta counts them so. */
const ASKED_FOR: ReadonlySet<ClientTemplate> = new Set<ClientTemplate>(['appointment-reminder']);

function clientDefinition(template: ClientTemplate, language: NoticeLanguage): TemplateDefinition {
  const { texts, examples } = CLIENT_CATALOGS[language];
  const example = fillClientTemplate(template, examples, language).variables;
  return {
    name: clientTemplateName(template),
    language: WHATSAPP_LANGUAGES[language],
    category: ASKED_FOR.has(template) ? 'UTILITY' : 'MARKETING',
    components: [{ type: 'BODY', text: numbered(texts[template]), example: { body_text: [example] } }],
  };
}

function numbered(pattern: string): string {
  let count = 0;
  return pattern.replaceAll(/\{\w+\}/g, () => `{{${String(++count)}}}`);
}
