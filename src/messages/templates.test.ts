import { describe, expect, it } from 'vitest';
import type { NoticeKind, NoticeLanguage, NoticeValues } from './notices.ts';
import {
  emailNotice,
  NOTICE_CATALOGS,
  PEOPLE,
  placeholders,
  renderNotice,
  VALUE_CHARACTERS_MAX,
  valueCharactersMax,
} from './templates.ts';
import {
  BUTTON_CHARACTERS_MAX,
  TEMPLATE_BODY_CHARACTERS_MAX,
  TEMPLATE_NAME_CHARACTERS_MAX,
  whatsappTemplates,
} from './whatsapp-templates.ts';

const lead = { leadName: 'Ana Prueba', url: 'https://pauta.example.com/leads/7?from=push' };
const assigned = { ...lead, source: 'formulario web', minutes: 10, dueTime: '10:25' };
const takenLead = { ...lead, advisor: 'Beto Ejemplo', minutes: 10, wentTo: { person: 'Carla Muestra' } };

const aboutCase = {
  advisor: 'Beto Ejemplo',
  clause: 'L4',
  url: 'https://pauta.example.com/sanctions?case=1',
};
const aboutAudit = { advisor: 'Beto Ejemplo', url: 'https://pauta.example.com/audits?audit=1' };

const VALUES: NoticeValues = {
  'lead-assigned': assigned,
  'held-lead-assigned': { ...assigned, arrivedAt: '30/06 21:14' },
  'lead-reassigned-to-you': assigned,
  'lead-taken-from-you': { ...lead, minutes: 10 },
  'lead-taken-manager': takenLead,
  'lead-taken-direction': takenLead,
  'reassignment-reversed': { ...lead, advisor: 'Beto Ejemplo' },
  'miss-struck-out': { ...lead, advisor: 'Beto Ejemplo', holder: 'Carla Muestra' },
  'duplicate-arrived': { ...lead, source: 'WhatsApp' },
  'duplicate-moved': { ...lead, advisor: 'Beto Ejemplo' },
  'lead-parted': { ...lead, wentTo: { person: 'Carla Muestra' } },
  'lead-was-test': lead,
  'lead-erased': { url: lead.url },
  'notification-late': { ...lead, advisor: 'Beto Ejemplo', dueTime: '10:05' },
  'nobody-left': { ...lead, source: 'formulario web' },
  'roster-month': {
    month: 'julio',
    shifts: 'lunes',
    confirmBy: 'hoy 23:59',
    confirmPayload: 'roster:7',
    url: 'https://pauta.example.com/roster',
  },
  'roster-activated': { month: 'julio', url: 'https://pauta.example.com/enter/abc' },
  'lead-given': { ...lead, source: 'WhatsApp' },
  'lead-moved': { ...lead, wentTo: { person: 'Carla Muestra' } },
  'lead-to-audit': { ...lead, advisor: 'Beto Ejemplo', minutes: 10 },
  'unclear-evidence': { ...lead, advisor: 'Beto Ejemplo' },
  'appointment-soon': { ...lead, time: '10:30' },
  'appointment-ask': { ...lead, time: '10:30' },
  'sale-closed': {
    advisor: 'Beto Ejemplo',
    source: 'facebook',
    url: 'https://pauta.example.com/team',
  },
  'weekly-due': { week: '1 de julio', dueTime: '09:00', url: 'https://pauta.example.com/week' },
  'weekly-cut': {
    week: '1 de julio',
    missing: 'Beto Ejemplo',
    behind: 'Carla Muestra (3)',
    url: 'https://pauta.example.com/cut?week=2024-07-01',
  },
  'roster-forfeited': { zone: 'norte', month: 'julio', url: 'https://pauta.example.com/roster' },
  'draft-missing': { lacks: 'el teléfono del cliente', url: 'https://pauta.example.com/claims' },
  'conversion-below': {
    advisor: 'Beto Ejemplo',
    month: 'julio',
    percent: '5.2 %',
    url: 'https://pauta.example.com/reports',
  },
  'conversion-below-zone': {
    zone: 'norte',
    month: 'julio',
    percent: '5.2 %',
    url: 'https://pauta.example.com/reports',
  },
  'version-proposed': {
    advisor: 'Beto Ejemplo',
    date: '15/07/2024',
    url: 'https://pauta.example.com/procedures',
  },
  'version-published': {
    advisor: 'Beto Ejemplo',
    date: '15/07/2024',
    url: 'https://pauta.example.com/procedures',
  },
  'version-rejected': {
    advisor: 'Beto Ejemplo',
    date: '15/07/2024',
    url: 'https://pauta.example.com/procedures',
  },
  'draft-refused': { reason: 'falta el primer contacto', url: 'https://pauta.example.com/claims' },
  'roster-asked-again': {
    month: 'julio',
    confirmBy: '01/07 23:59',
    confirmPayload: 'CONFIRM:2024-07',
    url: 'https://pauta.example.com/roster?month=2024-07',
  },
  'roster-declined': { advisor: 'Beto Ejemplo', month: 'julio', url: 'https://pauta.example.com/roster' },
  'answer-unknown-number': {
    advisor: 'Beto Ejemplo',
    month: 'julio',
    url: 'https://pauta.example.com/roster',
  },
  'message-received': { ...lead, channel: 'WhatsApp' },
  'channel-stopped': { channel: 'WhatsApp', code: '190', url: 'https://pauta.example.com/settings' },
  'channel-test': { channel: 'WhatsApp', url: 'https://pauta.example.com/settings' },
  'claim-returned': { ...lead, parts: 'correo' },
  'claim-received': lead,
  'claim-opened': { ...lead, advisor: 'Beto Ejemplo' },
  'claim-status-asked': { ...lead, dueTime: '01/07 23:59' },
  'claim-evidence-due': { ...lead, dueTime: '01/07 23:59' },
  'claim-proposed': { ...lead, ruling: 'el lead se queda con su titular' },
  'claim-ruled': { ...lead, ruling: 'el lead se queda con su titular' },
  'claim-ruling-soon': { ...lead, dueTime: '02/07 10:00' },
  'claim-ruling-late': { ...lead, dueTime: '02/07 10:00' },
  'claim-sign': lead,
  'claim-appealed': { ...lead, dueTime: '02/07 10:00' },
  'claim-appeal-ruled': { ...lead, ruling: 'el lead pasa a quien lo pidió' },
  'claim-closed': lead,
  'edit-flagged': { ...lead, advisor: 'Beto Ejemplo' },
  'protection-soon': { ...lead, dueTime: '04/07 09:00', term: 'primer contacto' },
  'protection-over': { ...lead, term: 'primer contacto' },
  'roster-unconfirmed': { advisor: 'Beto Ejemplo', month: 'julio', url: 'https://pauta.example.com/team' },
  'roster-due': {
    zone: 'norte',
    month: 'julio',
    dueTime: '25/06 18:00',
    url: 'https://pauta.example.com/roster',
  },
  'roster-reminder': {
    month: 'julio',
    confirmBy: '01/07 23:59',
    confirmPayload: 'roster:7',
    url: 'https://pauta.example.com/roster',
  },
  'shifts-changed': { month: 'julio', shifts: 'lun 1, 08:00–13:00', url: 'https://pauta.example.com/shifts' },
  'absence-asked': {
    advisor: 'Beto Ejemplo',
    days: 'del 4 al 8 de julio',
    url: 'https://pauta.example.com/shifts',
  },
  'absence-approved': { days: 'del 4 al 8 de julio', url: 'https://pauta.example.com/shifts' },
  'absence-refused': { days: 'del 4 al 8 de julio', url: 'https://pauta.example.com/shifts' },
  'swap-asked': { advisor: 'Beto Ejemplo', swap: 'la del vie 5', url: 'https://pauta.example.com/shifts' },
  'swap-accepted': {
    advisor: 'Beto Ejemplo',
    holder: 'Carla Muestra',
    swap: 'la del vie 5',
    url: 'https://pauta.example.com/shifts',
  },
  'swap-settled': {
    swap: 'la del vie 5',
    outcome: 'quedó aprobado',
    url: 'https://pauta.example.com/shifts',
  },
  'signature-asked': {
    procedures: 'Política del contact center',
    dueTime: '08/07 23:59',
    url: 'https://pauta.example.com/signatures',
  },
  'signature-missed': { procedures: 'Política', url: 'https://pauta.example.com/signatures' },
  'signature-missed-manager': {
    advisor: 'Beto Ejemplo',
    procedures: 'Política',
    url: 'https://pauta.example.com/signatures',
  },
  'commission-changed': { url: 'https://pauta.example.com/money' },
  'sanction-opened': { clause: 'L4', dueBy: '03/07 10:00', url: aboutCase.url },
  'sanction-to-rule': aboutCase,
  'sanction-decided': { ...aboutCase, percent: '50' },
  'sanction-overturned': aboutCase,
  'advisor-removed': { month: 'julio', dueBy: '03/07 10:00', url: aboutAudit.url },
  'advisor-removed-manager': { ...aboutAudit, month: 'julio' },
  'advisor-restored': aboutAudit,
  'audit-to-rule': aboutAudit,
  'audit-decided': aboutAudit,
};
const languages = Object.keys(NOTICE_CATALOGS) as NoticeLanguage[];
const kinds = Object.keys(VALUES) as NoticeKind[];
const every = languages.flatMap((language) => kinds.map((kind) => [language, kind] as const));
const definitions = whatsappTemplates('https://pauta.example.com/');

describe('notices', () => {
  it('reads as a person would say it', () => {
    expect(renderNotice('lead-assigned', VALUES['lead-assigned'], 'es-MX')).toMatchObject({
      subject: 'Nuevo lead: Ana Prueba',
      text: 'Nuevo lead: Ana Prueba, de formulario web. Tienes 10 minutos para contactarlo, hasta las 10:25. Llama por el conmutador.\nhttps://pauta.example.com/leads/7?from=push',
      pushTitle: 'Nuevo lead: Ana',
      whatsappTemplate: {
        name: 'pauta_lead_assigned',
        language: 'es_MX',
        variables: ['Ana Prueba', 'formulario web', '10', '10:25'],
        buttons: [{ index: 0, kind: 'link', payload: 'leads/7?from=push' }],
      },
    });
  });

  it('a roster carries the confirmation first, then the link', () => {
    expect(renderNotice('roster-month', VALUES['roster-month'], 'es-CO').whatsappTemplate.buttons).toEqual([
      { index: 0, kind: 'reply', payload: 'roster:7' },
      { index: 1, kind: 'link', payload: 'roster' },
    ]);
  });

  it.each([
    ['next-opening' as const, 'se asignará en la próxima apertura'],
    ['administrator' as const, 'quedó en la fila del administrador'],
    [{ person: 'Carla Muestra' }, 'ahora lo atiende Carla Muestra'],
  ])('says where a lead went: %j', (wentTo, words) => {
    expect(renderNotice('lead-taken-manager', { ...takenLead, wentTo }, 'es-MX').body).toContain(words);
  });

  it.each(every)('%s %s leaves no gap, and its template is what was approved', (language, kind) => {
    const notice = renderNotice(kind, VALUES[kind], language);
    const shown = [notice.subject, notice.body, notice.pushTitle, notice.pushBody, notice.text].join('\n');
    expect(shown).not.toMatch(/[{}]|undefined|\[object/);
    const { name, language: code, variables, buttons } = notice.whatsappTemplate;
    const approved = definitions.find((one) => one.name === name && one.language === code);
    const [body, row] = approved?.components ?? [];
    const filled =
      body?.type === 'BODY'
        ? body.text.replaceAll(/\{\{(\d+)\}\}/g, (_, n) => variables[Number(n) - 1] ?? '?')
        : '';
    expect(filled).toBe(notice.body);
    const kindsOfButtons =
      row?.type === 'BUTTONS' ? row.buttons.map((one) => (one.type === 'URL' ? 'link' : 'reply')) : [];
    expect(buttons.map((one) => one.kind)).toEqual(kindsOfButtons);
  });

  it.each(every)('%s %s shows no more than a first name on a lock screen', (language, kind) => {
    const words = NOTICE_CATALOGS[language].notices[kind];
    const asked = placeholders(words.pushTitle + words.pushBody);
    expect(asked.filter((name) => PEOPLE.has(name) || name === 'wentTo')).toEqual([]);
  });

  it('a hostile name stays one tidy line', () => {
    const leadName = `Ana\r\nBcc: x@example.com {minutes} ${'ñ'.repeat(500)}`;
    const notice = renderNotice('lead-assigned', { ...assigned, leadName }, 'es-MX');
    expect(notice.subject).not.toMatch(/[\r\n]/);
    expect(notice.whatsappTemplate.variables[0]).toContain('{minutes}');
    expect(notice.whatsappTemplate.variables[0]?.length).toBe(VALUE_CHARACTERS_MAX);
  });

  it('as an e-mail it escapes what a name brings', () => {
    const notice = renderNotice('lead-assigned', { ...assigned, leadName: '<b>Ana</b>' }, 'en');
    const letter = emailNotice(notice, 'Inmobiliaria Prueba', 'en');
    expect(letter.html).toContain('&lt;b&gt;Ana&lt;/b&gt;');
    expect(letter.html).not.toContain('<b>');
    expect(letter.text).toContain('Open lead: https://pauta.example.com/leads/7?from=push');
  });
});

describe('templates for approval', () => {
  it.each(definitions.map((one) => [`${one.name} ${one.language}`, one] as const))(
    '%s keeps the rules of Meta',
    (_, one) => {
      expect(one.name).toMatch(/^[a-z0-9_]+$/);
      expect(one.name.length).toBeLessThanOrEqual(TEMPLATE_NAME_CHARACTERS_MAX);
      for (const component of one.components) {
        if (component.type === 'BODY') {
          expect(component.text).not.toMatch(/^\{\{|\}\}[.!]?$/);
          const variables = [...component.text.matchAll(/\{\{\d+\}\}/g)].length;
          expect(component.example.body_text[0]?.length).toBe(variables);
        } else {
          component.buttons.forEach((button) =>
            expect(button.text.length).toBeLessThanOrEqual(BUTTON_CHARACTERS_MAX),
          );
        }
      }
    },
  );

  it.each(every)('%s %s fits when filled with the longest values', (language, kind) => {
    const { body } = NOTICE_CATALOGS[language].notices[kind];
    const filled = body.replaceAll(/\{(\w+)\}/g, (_, name: string) => 'x'.repeat(valueCharactersMax(name)));
    expect(filled.length).toBeLessThanOrEqual(TEMPLATE_BODY_CHARACTERS_MAX);
  });

  it('an example stands for every variable', () => {
    for (const language of languages) {
      const { examples, notices } = NOTICE_CATALOGS[language];
      const asked = Object.values(notices).flatMap((words) => placeholders(words.body));
      expect(asked.filter((name) => !(name in examples))).toEqual([]);
    }
  });
});
