/** What people are told of claims and of the clocks on their leads: the values of each notice, and its words. */
import type { NoticeLanguage, NoticeText } from './notices.ts';

interface AboutLead {
  readonly leadName: string;
  readonly url: string;
}

interface DueLead extends AboutLead {
  /** Day and time by which it is to be done. */
  readonly dueTime: string;
}

export interface ClaimNoticeValues {
  /** lead-reassignment L6c: to who asked */
  'claim-returned': AboutLead & { readonly parts: string };
  /** L2: to who asked */
  'claim-received': AboutLead;
  /** R2: to the control area */
  'claim-opened': AboutLead & { readonly advisor: string };
  /** L3, L4: to the holder */
  'claim-status-asked': DueLead;
  /** R3: to the holder, before the evidence is due */
  'claim-evidence-due': DueLead;
  /** L8: to the control area */
  'claim-proposed': AboutLead & { readonly ruling: string };
  /** L8: to both parties */
  'claim-ruled': AboutLead & { readonly ruling: string };
  /** L7: to the control area, before the ruling is due */
  'claim-ruling-soon': DueLead;
  /** L7 missed: to the control area and those above it */
  'claim-ruling-late': DueLead;
  /** R10: to the party whose signature is missing */
  'claim-sign': AboutLead;
  /** To the control area and those above it */
  'claim-appealed': DueLead;
  'claim-appeal-ruled': AboutLead & { readonly ruling: string };
  'claim-closed': AboutLead;
  /** L10: to the control area */
  'edit-flagged': AboutLead & { readonly advisor: string };
  /** R4 to R8: to the holder, before a term runs out */
  'protection-soon': DueLead & { readonly term: string };
  /** R4 to R8: to the holder */
  'protection-over': AboutLead & { readonly term: string };
}

type Texts = { readonly [K in keyof ClaimNoticeValues]: NoticeText };

export interface ClaimWords {
  readonly outcome: { readonly keep: string; readonly reassign: string };
  readonly missing: Readonly<
    Record<'email' | 'phone' | 'name' | 'source' | 'sourceImage' | 'firstContact', string>
  >;
  readonly term: Readonly<Record<'R4' | 'R5' | 'R6' | 'R8', string>>;
}

const esMX: Texts = {
  'claim-returned': {
    subject: 'Tu solicitud regresó: {leadName}',
    body: 'Tu solicitud por el lead {leadName} regresó porque le falta: {parts}. Complétala y vuelve a enviarla; mientras tanto nada se suspende y no puedes contactar a la persona.',
    pushTitle: 'Tu solicitud regresó',
    pushBody: 'Le faltan datos; complétala y vuelve a enviarla.',
    button: 'Completar solicitud',
  },
  'claim-received': {
    subject: 'Recibimos tu solicitud: {leadName}',
    body: 'Recibimos completa tu solicitud por el lead {leadName}. El Área de Control la resuelve; espera la respuesta y no contactes a la persona.',
    pushTitle: 'Recibimos tu solicitud',
    pushBody: 'Espera la resolución; no contactes a la persona.',
    button: 'Ver solicitud',
  },
  'claim-opened': {
    subject: 'Solicitud nueva: {leadName}',
    body: 'Llegó una solicitud completa de {advisor} por el lead {leadName}. Pide el estatus al titular para suspender el contacto y abrir su plazo.',
    pushTitle: 'Solicitud nueva de {advisorFirst}',
    pushBody: 'Pide el estatus al titular.',
    button: 'Abrir caso',
  },
  'claim-status-asked': {
    subject: 'Demuestra tu seguimiento: {leadName}',
    body: 'Otra persona pide el lead {leadName}. Desde ahora nadie lo contacta. Tienes hasta {dueTime} para enseñar tu seguimiento; lo que Pauta ya registró cuenta solo.',
    pushTitle: 'Piden tu lead {leadFirst}',
    pushBody: 'Manda tus pruebas antes de {dueTime}. No lo contactes.',
    button: 'Ver qué cuenta',
  },
  'claim-evidence-due': {
    subject: 'Se acaba tu plazo de pruebas: {leadName}',
    body: 'Tu plazo para enseñar el seguimiento del lead {leadName} termina {dueTime}. Con lo que haya entonces se propone la resolución.',
    pushTitle: 'Se acaba tu plazo de pruebas',
    pushBody: 'Termina {dueTime}.',
    button: 'Mandar pruebas',
  },
  'claim-proposed': {
    subject: 'Resolución por confirmar: {leadName}',
    body: 'Hay una resolución propuesta para el lead {leadName}: {ruling}. Confírmala, o resuelve distinto con tus razones.',
    pushTitle: 'Resolución por confirmar',
    pushBody: 'Lead de {leadFirst}.',
    button: 'Abrir caso',
  },
  'claim-ruled': {
    subject: 'Resolución del lead {leadName}',
    body: 'Ya hay resolución sobre el lead {leadName}: {ruling}. En el caso está el porqué, con la cláusula y los hechos.',
    pushTitle: 'Ya hay resolución: {leadFirst}',
    pushBody: 'Mira el porqué en el caso.',
    button: 'Ver por qué',
  },
  'claim-ruling-soon': {
    subject: 'Por vencer: resolución de {leadName}',
    body: 'La resolución del lead {leadName} vence {dueTime} y todavía no está. La persona sigue sin poder ser contactada.',
    pushTitle: 'Resolución por vencer',
    pushBody: 'Vence {dueTime}.',
    button: 'Abrir caso',
  },
  'claim-ruling-late': {
    subject: 'Resolución vencida: {leadName}',
    body: 'La resolución del lead {leadName} debía estar a más tardar {dueTime} y no está. Hay que resolver hoy.',
    pushTitle: 'Resolución vencida',
    pushBody: 'Debía estar {dueTime}.',
    button: 'Abrir caso',
  },
  'claim-sign': {
    subject: 'Falta tu firma: {leadName}',
    body: 'La otra parte firmó un acuerdo sobre el lead {leadName}. Si estás de acuerdo, fírmalo y el asunto termina ahí.',
    pushTitle: 'Falta tu firma en un acuerdo',
    pushBody: 'Lead de {leadFirst}.',
    button: 'Ver acuerdo',
  },
  'claim-appealed': {
    subject: 'Apelación: {leadName}',
    body: 'Se apeló la resolución del lead {leadName}. A más tardar {dueTime} la ve alguien de mayor rango que quien resolvió.',
    pushTitle: 'Se apeló una resolución',
    pushBody: 'A más tardar {dueTime}.',
    button: 'Abrir caso',
  },
  'claim-appeal-ruled': {
    subject: 'Apelación resuelta: {leadName}',
    body: 'Se resolvió la apelación sobre el lead {leadName}: {ruling}. Con esto el caso queda cerrado.',
    pushTitle: 'Apelación resuelta',
    pushBody: 'Lead de {leadFirst}.',
    button: 'Ver por qué',
  },
  'claim-closed': {
    subject: 'Solicitud cerrada: {leadName}',
    body: 'La solicitud por el lead {leadName} se cerró sin resolución. Quien lo tiene puede volver a contactarlo.',
    pushTitle: 'Solicitud cerrada',
    pushBody: 'Lead de {leadFirst}.',
    button: 'Ver caso',
  },
  'edit-flagged': {
    subject: 'Cambio por revisar: {leadName}',
    body: 'Revisa un cambio que {advisor} hizo a los datos del lead {leadName}: toca un dato que alguien reclama o que se cambió poco antes.',
    pushTitle: 'Cambio de datos por revisar',
    pushBody: '{advisorFirst} cambió datos de un lead.',
    button: 'Ver el cambio',
  },
  'protection-soon': {
    subject: 'Por vencer: {term} de {leadName}',
    body: 'Se acerca un plazo del lead {leadName}: {term}, a más tardar {dueTime}. Si se pasa y alguien lo pide, puedes perderlo.',
    pushTitle: 'Por vencer: {leadFirst}',
    pushBody: 'A más tardar {dueTime}.',
    button: 'Abrir lead',
  },
  'protection-over': {
    subject: 'Sin protección: {leadName}',
    body: 'Se venció un plazo del lead {leadName}: {term}. Sigue siendo tuyo, pero si alguien lo pide puedes perderlo; dale seguimiento hoy.',
    pushTitle: 'Lead sin protección: {leadFirst}',
    pushBody: 'Dale seguimiento hoy.',
    button: 'Abrir lead',
  },
};

/** De usted; lo que no habla a la persona se dice igual. */
const esCO: Texts = {
  ...esMX,
  'claim-returned': {
    subject: 'Su solicitud regresó: {leadName}',
    body: 'Su solicitud por el lead {leadName} regresó porque le falta: {parts}. Complétela y vuelva a enviarla; mientras tanto nada se suspende y no puede contactar a la persona.',
    pushTitle: 'Su solicitud regresó',
    pushBody: 'Le faltan datos; complétela y vuelva a enviarla.',
    button: 'Completar solicitud',
  },
  'claim-received': {
    subject: 'Recibimos su solicitud: {leadName}',
    body: 'Recibimos completa su solicitud por el lead {leadName}. El Área de Control la resuelve; espere la respuesta y no contacte a la persona.',
    pushTitle: 'Recibimos su solicitud',
    pushBody: 'Espere la resolución; no contacte a la persona.',
    button: 'Ver solicitud',
  },
  'claim-opened': {
    subject: 'Solicitud nueva: {leadName}',
    body: 'Llegó una solicitud completa de {advisor} por el lead {leadName}. Pida el estatus al titular para suspender el contacto y abrir su plazo.',
    pushTitle: 'Solicitud nueva de {advisorFirst}',
    pushBody: 'Pida el estatus al titular.',
    button: 'Abrir caso',
  },
  'claim-status-asked': {
    subject: 'Demuestre su seguimiento: {leadName}',
    body: 'Otra persona pide el lead {leadName}. Desde ahora nadie lo contacta. Tiene hasta {dueTime} para mostrar su seguimiento; lo que Pauta ya registró cuenta solo.',
    pushTitle: 'Piden su lead {leadFirst}',
    pushBody: 'Envíe sus pruebas antes de {dueTime}. No lo contacte.',
    button: 'Ver qué cuenta',
  },
  'claim-evidence-due': {
    subject: 'Se acaba su plazo de pruebas: {leadName}',
    body: 'Su plazo para mostrar el seguimiento del lead {leadName} termina {dueTime}. Con lo que haya entonces se propone la resolución.',
    pushTitle: 'Se acaba su plazo de pruebas',
    pushBody: 'Termina {dueTime}.',
    button: 'Enviar pruebas',
  },
  'claim-proposed': {
    ...esMX['claim-proposed'],
    body: 'Hay una resolución propuesta para el lead {leadName}: {ruling}. Confírmela, o resuelva distinto con sus razones.',
  },
  'claim-ruled': { ...esMX['claim-ruled'], pushBody: 'Vea el porqué en el caso.' },
  'claim-sign': {
    subject: 'Falta su firma: {leadName}',
    body: 'La otra parte firmó un acuerdo sobre el lead {leadName}. Si está de acuerdo, fírmelo y el asunto termina ahí.',
    pushTitle: 'Falta su firma en un acuerdo',
    pushBody: 'Lead de {leadFirst}.',
    button: 'Ver acuerdo',
  },
  'edit-flagged': {
    ...esMX['edit-flagged'],
    body: 'Revise un cambio que {advisor} hizo a los datos del lead {leadName}: toca un dato que alguien reclama o que se cambió poco antes.',
  },
  'protection-soon': {
    ...esMX['protection-soon'],
    body: 'Se acerca un plazo del lead {leadName}: {term}, a más tardar {dueTime}. Si se pasa y alguien lo pide, puede perderlo.',
  },
  'protection-over': {
    ...esMX['protection-over'],
    body: 'Se venció un plazo del lead {leadName}: {term}. Sigue siendo suyo, pero si alguien lo pide puede perderlo; dele seguimiento hoy.',
    pushBody: 'Dele seguimiento hoy.',
  },
};

const en: Texts = {
  'claim-returned': {
    subject: 'Your claim came back: {leadName}',
    body: 'Your claim on the lead {leadName} came back because this is missing: {parts}. Complete it and send it again; meanwhile nothing is frozen and you may not contact the person.',
    pushTitle: 'Your claim came back',
    pushBody: 'Something is missing; complete it and send it again.',
    button: 'Complete the claim',
  },
  'claim-received': {
    subject: 'We have your claim: {leadName}',
    body: 'We have your complete claim on the lead {leadName}. The control area rules on it; wait for the answer and do not contact the person.',
    pushTitle: 'We have your claim',
    pushBody: 'Wait for the ruling; do not contact the person.',
    button: 'See the claim',
  },
  'claim-opened': {
    subject: 'New claim: {leadName}',
    body: 'A complete claim by {advisor} on the lead {leadName} came in. Ask the holder for the status to freeze contact and open their term.',
    pushTitle: 'New claim by {advisorFirst}',
    pushBody: 'Ask the holder for the status.',
    button: 'Open the case',
  },
  'claim-status-asked': {
    subject: 'Show your follow-up: {leadName}',
    body: 'Somebody else claims the lead {leadName}. From now on nobody contacts them. You have until {dueTime} to show your follow-up; what Pauta recorded counts by itself.',
    pushTitle: 'Your lead {leadFirst} is claimed',
    pushBody: 'Send your evidence by {dueTime}. Do not contact them.',
    button: 'See what counts',
  },
  'claim-evidence-due': {
    subject: 'Your evidence is due: {leadName}',
    body: 'Your term to show the follow-up of the lead {leadName} ends {dueTime}. The ruling is proposed with what is there by then.',
    pushTitle: 'Your evidence is due',
    pushBody: 'It ends {dueTime}.',
    button: 'Send evidence',
  },
  'claim-proposed': {
    subject: 'Ruling to confirm: {leadName}',
    body: 'A ruling is proposed for the lead {leadName}: {ruling}. Confirm it, or decide otherwise with your reasons.',
    pushTitle: 'Ruling to confirm',
    pushBody: 'Lead of {leadFirst}.',
    button: 'Open the case',
  },
  'claim-ruled': {
    subject: 'Ruling on the lead {leadName}',
    body: 'There is a ruling on the lead {leadName}: {ruling}. The case says why, with the clause and the facts.',
    pushTitle: 'There is a ruling: {leadFirst}',
    pushBody: 'See why in the case.',
    button: 'See why',
  },
  'claim-ruling-soon': {
    subject: 'Due soon: ruling on {leadName}',
    body: 'The ruling on the lead {leadName} is due {dueTime} and not there yet. The person still may not be contacted.',
    pushTitle: 'Ruling due soon',
    pushBody: 'Due {dueTime}.',
    button: 'Open the case',
  },
  'claim-ruling-late': {
    subject: 'Ruling overdue: {leadName}',
    body: 'The ruling on the lead {leadName} was due {dueTime} and is not there. It must be ruled on today.',
    pushTitle: 'Ruling overdue',
    pushBody: 'It was due {dueTime}.',
    button: 'Open the case',
  },
  'claim-sign': {
    subject: 'Your signature is missing: {leadName}',
    body: 'The other party signed an agreement on the lead {leadName}. If you agree, sign it and the matter ends there.',
    pushTitle: 'Your signature is missing',
    pushBody: 'Lead of {leadFirst}.',
    button: 'See the agreement',
  },
  'claim-appealed': {
    subject: 'Appeal: {leadName}',
    body: 'The ruling on the lead {leadName} was appealed. By {dueTime} somebody of a higher rank than who ruled looks at it.',
    pushTitle: 'A ruling was appealed',
    pushBody: 'By {dueTime}.',
    button: 'Open the case',
  },
  'claim-appeal-ruled': {
    subject: 'Appeal ruled: {leadName}',
    body: 'The appeal on the lead {leadName} was ruled on: {ruling}. The case is closed with this.',
    pushTitle: 'Appeal ruled',
    pushBody: 'Lead of {leadFirst}.',
    button: 'See why',
  },
  'claim-closed': {
    subject: 'Claim closed: {leadName}',
    body: 'The claim on the lead {leadName} was closed without a ruling. Whoever holds it may contact them again.',
    pushTitle: 'Claim closed',
    pushBody: 'Lead of {leadFirst}.',
    button: 'See the case',
  },
  'edit-flagged': {
    subject: 'Change to look at: {leadName}',
    body: 'Look at a change that {advisor} made to the data of the lead {leadName}: it touches a datum under claim, or one changed shortly before.',
    pushTitle: 'Change of data to look at',
    pushBody: '{advisorFirst} changed data of a lead.',
    button: 'See the change',
  },
  'protection-soon': {
    subject: 'Due soon: {term} of {leadName}',
    body: 'A term of the lead {leadName} is near: {term}, by {dueTime}. If it passes and somebody claims the lead, you may lose it.',
    pushTitle: 'Due soon: {leadFirst}',
    pushBody: 'By {dueTime}.',
    button: 'Open the lead',
  },
  'protection-over': {
    subject: 'Not protected: {leadName}',
    body: 'A term of the lead {leadName} has passed: {term}. It is still yours, but you may lose it if somebody claims it; follow up today.',
    pushTitle: 'Lead not protected: {leadFirst}',
    pushBody: 'Follow up today.',
    button: 'Open the lead',
  },
};

export const CLAIM_NOTICES: Readonly<Record<NoticeLanguage, Texts>> = { 'es-MX': esMX, 'es-CO': esCO, en };

const SPANISH: ClaimWords = {
  outcome: { keep: 'el lead se queda con su titular', reassign: 'el lead pasa a quien lo pidió' },
  missing: {
    email: 'correo',
    phone: 'teléfono',
    name: 'nombre del cliente',
    source: 'origen del prospecto',
    sourceImage: 'imagen del origen con fecha legible',
    firstContact: 'prueba desde el primer contacto',
  },
  term: {
    R4: 'primer contacto',
    R5: 'siguiente seguimiento',
    R6: 'seguimiento después del primer contacto',
    R8: 'fecha acordada con el cliente',
  },
};

export const CLAIM_WORDS: Readonly<Record<NoticeLanguage, ClaimWords>> = {
  'es-MX': SPANISH,
  'es-CO': SPANISH,
  en: {
    outcome: { keep: 'the lead stays with its holder', reassign: 'the lead goes to who asked for it' },
    missing: {
      email: 'e-mail',
      phone: 'phone',
      name: 'client’s name',
      source: 'prospecting source',
      sourceImage: 'image of the source with a legible date',
      firstContact: 'evidence from the first contact',
    },
    term: {
      R4: 'first contact',
      R5: 'next follow-up',
      R6: 'follow-up after the first contact',
      R8: 'date agreed with the client',
    },
  },
};
