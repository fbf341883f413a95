import type { NoticeKind, NoticeLanguage, NoticeText } from './notices.ts';

/** Of commissions, cases and audits. */
type ConductNotice = Extract<
  NoticeKind,
  | 'commission-changed'
  | 'sanction-opened'
  | 'sanction-to-rule'
  | 'sanction-decided'
  | 'sanction-overturned'
  | 'advisor-removed'
  | 'advisor-removed-manager'
  | 'advisor-restored'
  | 'audit-to-rule'
  | 'audit-decided'
>;

type Texts = { readonly [K in ConductNotice]: NoticeText };

export const CONDUCT_NOTICES: Readonly<Record<NoticeLanguage, Texts>> = {
  'es-MX': {
    'commission-changed': {
      subject: 'Cambió tu comisión de un cierre',
      body: 'Cambió lo que te toca de un cierre. La diferencia, con su porqué, está en tu estado de cuenta.',
      pushTitle: 'Cambió tu comisión',
      pushBody: 'La diferencia está en tu estado de cuenta.',
      button: 'Ver mi cuenta',
    },
    'sanction-opened': {
      subject: 'Se abrió un caso sobre ti',
      body: 'Se abrió un caso por una posible falta a la cláusula {clause}. Puedes responder hasta el {dueBy}; después otra persona decide, con razones.',
      pushTitle: 'Se abrió un caso sobre ti',
      pushBody: 'Puedes responder hasta el {dueBy}.',
      button: 'Responder',
    },
    'sanction-to-rule': {
      subject: 'Un caso espera decisión: {advisor}',
      body: 'El caso de {advisor} por la cláusula {clause} está listo para decidirse: ya respondió o venció su plazo.',
      pushTitle: 'Un caso espera decisión',
      pushBody: '{advisorFirst}: cláusula {clause}.',
      button: 'Abrir el caso',
    },
    'sanction-decided': {
      subject: 'Se decidió el caso de {advisor}',
      body: 'Se decidió el caso de {advisor} por la cláusula {clause}: pierde {percent} % de la comisión. Las razones están en el caso.',
      pushTitle: 'Se decidió un caso',
      pushBody: '{advisorFirst}: {percent} % de la comisión.',
      button: 'Ver el caso',
    },
    'sanction-overturned': {
      subject: 'Sin efecto: la sanción de {advisor}',
      body: 'Quedó sin efecto el caso de {advisor} por la cláusula {clause}. Lo que se hubiera descontado regresa a su comisión.',
      pushTitle: 'Una sanción quedó sin efecto',
      pushBody: '{advisorFirst}: cláusula {clause}.',
      button: 'Ver el caso',
    },
    'advisor-removed': {
      subject: 'Saliste del rol de {month}',
      body: 'Saliste del rol de {month} porque una auditoría encontró mala atención a un cliente. Tus leads abiertos pasan a otras personas. Puedes responder hasta el {dueBy} y otra persona decide.',
      pushTitle: 'Saliste del rol',
      pushBody: 'Una auditoría lo encontró. Puedes responder hasta el {dueBy}.',
      button: 'Responder',
    },
    'advisor-removed-manager': {
      subject: '{advisor} salió del rol de {month}',
      body: 'Una auditoría encontró mala atención a un cliente y {advisor} salió del rol de {month}. Sus leads abiertos pasan a otras personas, por turno.',
      pushTitle: 'Alguien de tu equipo salió del rol',
      pushBody: '{advisorFirst}: mala atención en una auditoría.',
      button: 'Ver la auditoría',
    },
    'advisor-restored': {
      subject: '{advisor} regresa al rol',
      body: 'La auditoría quedó sin efecto y {advisor} regresa al rol. Vuelven con su titular los leads que nadie más ha contactado.',
      pushTitle: 'Auditoría sin efecto',
      pushBody: '{advisorFirst} regresa al rol.',
      button: 'Ver la auditoría',
    },
    'audit-to-rule': {
      subject: 'Una auditoría espera decisión: {advisor}',
      body: 'La auditoría de {advisor} está lista para confirmarse o quedar sin efecto: ya respondió o venció su plazo.',
      pushTitle: 'Una auditoría espera decisión',
      pushBody: '{advisorFirst} ya fue oído o venció su plazo.',
      button: 'Abrir la auditoría',
    },
    'audit-decided': {
      subject: 'Se confirmó la auditoría de {advisor}',
      body: 'Se confirmó el hallazgo de la auditoría de {advisor}; sigue fuera del rol. Las razones están en la auditoría.',
      pushTitle: 'Auditoría confirmada',
      pushBody: '{advisorFirst} sigue fuera del rol.',
      button: 'Ver la auditoría',
    },
  },
  'es-CO': {
    'commission-changed': {
      subject: 'Cambió su comisión de un cierre',
      body: 'Cambió lo que le corresponde de un cierre. La diferencia, con su porqué, está en su estado de cuenta.',
      pushTitle: 'Cambió su comisión',
      pushBody: 'La diferencia está en su estado de cuenta.',
      button: 'Ver mi cuenta',
    },
    'sanction-opened': {
      subject: 'Se abrió un caso sobre usted',
      body: 'Se abrió un caso por una posible falta a la cláusula {clause}. Puede responder hasta el {dueBy}; después otra persona decide, con razones.',
      pushTitle: 'Se abrió un caso sobre usted',
      pushBody: 'Puede responder hasta el {dueBy}.',
      button: 'Responder',
    },
    'sanction-to-rule': {
      subject: 'Un caso espera decisión: {advisor}',
      body: 'El caso de {advisor} por la cláusula {clause} está listo para decidirse: ya respondió o venció su plazo.',
      pushTitle: 'Un caso espera decisión',
      pushBody: '{advisorFirst}: cláusula {clause}.',
      button: 'Abrir el caso',
    },
    'sanction-decided': {
      subject: 'Se decidió el caso de {advisor}',
      body: 'Se decidió el caso de {advisor} por la cláusula {clause}: pierde {percent} % de la comisión. Las razones están en el caso.',
      pushTitle: 'Se decidió un caso',
      pushBody: '{advisorFirst}: {percent} % de la comisión.',
      button: 'Ver el caso',
    },
    'sanction-overturned': {
      subject: 'Sin efecto: la sanción de {advisor}',
      body: 'Quedó sin efecto el caso de {advisor} por la cláusula {clause}. Lo que se hubiera descontado regresa a su comisión.',
      pushTitle: 'Una sanción quedó sin efecto',
      pushBody: '{advisorFirst}: cláusula {clause}.',
      button: 'Ver el caso',
    },
    'advisor-removed': {
      subject: 'Usted salió del rol de {month}',
      body: 'Usted salió del rol de {month} porque una auditoría encontró mala atención a un cliente. Sus leads abiertos pasan a otras personas. Puede responder hasta el {dueBy} y otra persona decide.',
      pushTitle: 'Usted salió del rol',
      pushBody: 'Una auditoría lo encontró. Puede responder hasta el {dueBy}.',
      button: 'Responder',
    },
    'advisor-removed-manager': {
      subject: '{advisor} salió del rol de {month}',
      body: 'Una auditoría encontró mala atención a un cliente y {advisor} salió del rol de {month}. Sus leads abiertos pasan a otras personas, por turno.',
      pushTitle: 'Alguien de su equipo salió del rol',
      pushBody: '{advisorFirst}: mala atención en una auditoría.',
      button: 'Ver la auditoría',
    },
    'advisor-restored': {
      subject: '{advisor} regresa al rol',
      body: 'La auditoría quedó sin efecto y {advisor} regresa al rol. Vuelven con su titular los leads que nadie más ha contactado.',
      pushTitle: 'Auditoría sin efecto',
      pushBody: '{advisorFirst} regresa al rol.',
      button: 'Ver la auditoría',
    },
    'audit-to-rule': {
      subject: 'Una auditoría espera decisión: {advisor}',
      body: 'La auditoría de {advisor} está lista para confirmarse o quedar sin efecto: ya respondió o venció su plazo.',
      pushTitle: 'Una auditoría espera decisión',
      pushBody: '{advisorFirst} ya fue oído o venció su plazo.',
      button: 'Abrir la auditoría',
    },
    'audit-decided': {
      subject: 'Se confirmó la auditoría de {advisor}',
      body: 'Se confirmó el hallazgo de la auditoría de {advisor}; sigue fuera del rol. Las razones están en la auditoría.',
      pushTitle: 'Auditoría confirmada',
      pushBody: '{advisorFirst} sigue fuera del rol.',
      button: 'Ver la auditoría',
    },
  },
  en: {
    'commission-changed': {
      subject: 'Your commission of a closing changed',
      body: 'What is yours of a closing has changed. The difference, with its reason, is in your statement.',
      pushTitle: 'Your commission changed',
      pushBody: 'The difference is in your statement.',
      button: 'See my statement',
    },
    'sanction-opened': {
      subject: 'A case about you was opened',
      body: 'A case was opened for a possible breach of clause {clause}. You may answer until {dueBy}; then another person decides, with reasons.',
      pushTitle: 'A case about you was opened',
      pushBody: 'You may answer until {dueBy}.',
      button: 'Answer',
    },
    'sanction-to-rule': {
      subject: 'A case awaits a decision: {advisor}',
      body: 'The case of {advisor} under clause {clause} can be decided: it was answered, or the time to answer is over.',
      pushTitle: 'A case awaits a decision',
      pushBody: '{advisorFirst}: clause {clause}.',
      button: 'Open the case',
    },
    'sanction-decided': {
      subject: 'The case of {advisor} was decided',
      body: 'The case of {advisor} under clause {clause} was decided: {percent} % of the commission is lost. The reasons are in the case.',
      pushTitle: 'A case was decided',
      pushBody: '{advisorFirst}: {percent} % of the commission.',
      button: 'See the case',
    },
    'sanction-overturned': {
      subject: 'Of no effect: the sanction of {advisor}',
      body: 'The case of {advisor} under clause {clause} is of no effect. Whatever it took goes back to the commission.',
      pushTitle: 'A sanction is of no effect',
      pushBody: '{advisorFirst}: clause {clause}.',
      button: 'See the case',
    },
    'advisor-removed': {
      subject: 'You are off the roster of {month}',
      body: 'You are off the roster of {month} because an audit found that a customer was treated badly. Your open leads go to others. You may answer until {dueBy}, and another person decides.',
      pushTitle: 'You are off the roster',
      pushBody: 'An audit found it. You may answer until {dueBy}.',
      button: 'Answer',
    },
    'advisor-removed-manager': {
      subject: '{advisor} is off the roster of {month}',
      body: 'An audit found that a customer was treated badly, and {advisor} is off the roster of {month}. Their open leads go to others, by turn.',
      pushTitle: 'Somebody of your team is off the roster',
      pushBody: '{advisorFirst}: bad care found by an audit.',
      button: 'See the audit',
    },
    'advisor-restored': {
      subject: '{advisor} is back on the roster',
      body: 'The audit is of no effect and {advisor} is back on the roster. Leads that nobody else has contacted go back to them.',
      pushTitle: 'Audit of no effect',
      pushBody: '{advisorFirst} is back on the roster.',
      button: 'See the audit',
    },
    'audit-to-rule': {
      subject: 'An audit awaits a decision: {advisor}',
      body: 'The audit of {advisor} can be upheld or overturned: it was answered, or the time to answer is over.',
      pushTitle: 'An audit awaits a decision',
      pushBody: '{advisorFirst} was heard, or their time is over.',
      button: 'Open the audit',
    },
    'audit-decided': {
      subject: 'The audit of {advisor} was upheld',
      body: 'What the audit of {advisor} found was upheld; they stay off the roster. The reasons are in the audit.',
      pushTitle: 'Audit upheld',
      pushBody: '{advisorFirst} stays off the roster.',
      button: 'See the audit',
    },
  },
};
