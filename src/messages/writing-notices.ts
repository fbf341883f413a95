/** What people are told of answers, of requests by mail and of what clients write: the values of each notice, and its words. */
import type { NoticeLanguage, NoticeText } from './notices.ts';

interface AboutLead {
  readonly leadName: string;
  readonly url: string;
}

export interface WritingNoticeValues {
  /** lead-reassignment L6c: a request by mail lacks something; to who sent it, in the same thread */
  'draft-missing': { readonly lacks: string; readonly url: string };
  /** The control area did not take the request; `reason` in its own words */
  'draft-refused': { readonly reason: string; readonly url: string };
  /** An answer about the roster that could not be understood; to who gave it */
  'roster-asked-again': {
    readonly month: string;
    readonly confirmBy: string;
    readonly confirmPayload: string;
    readonly url: string;
  };
  /** Somebody answered that they do not confirm; to their manager */
  'roster-declined': { readonly advisor: string; readonly month: string; readonly url: string };
  /** An answer came from a number that is nobody's; to the administrator */
  'answer-unknown-number': { readonly advisor: string; readonly month: string; readonly url: string };
  /** The person of a lead wrote; to its holder */
  'message-received': AboutLead & { readonly channel: string };
}

type Texts = { readonly [K in keyof WritingNoticeValues]: NoticeText };

export const WRITING_NOTICES: Readonly<Record<NoticeLanguage, Texts>> = {
  'es-MX': {
    'draft-missing': {
      subject: 'Falta algo en tu solicitud de reasignación',
      body: 'A tu solicitud de reasignación le falta: {lacks}. Contesta este mismo correo con lo que falta. La imagen de la fuente debe dejar leer su fecha; escríbela también, por ejemplo «Fecha de la imagen: 01/07/2024».',
      pushTitle: 'Falta algo en tu solicitud',
      pushBody: 'Revisa tu correo y contesta en el mismo hilo.',
      button: 'Ver mis solicitudes',
    },
    'draft-refused': {
      subject: 'Tu solicitud de reasignación no procede',
      body: 'El Área de Control no dio curso a tu solicitud por este motivo: {reason}. Si tienes con qué, manda otra con los datos completos.',
      pushTitle: 'Solicitud sin curso',
      pushBody: 'Revisa tu correo: ahí está el motivo.',
      button: 'Ver mis solicitudes',
    },
    'roster-asked-again': {
      subject: 'Falta confirmar tu rol de {month}',
      body: 'No entendí tu respuesta sobre el rol de guardias de {month}. Toca «Confirmo» o contesta CONFIRMO antes del {confirmBy}; si no puedes, contesta NO y se le avisa a tu gerente.',
      pushTitle: 'Falta confirmar tu rol',
      pushBody: 'No entendí tu respuesta. Contesta CONFIRMO o NO.',
      button: 'Ver mi rol',
    },
    'roster-declined': {
      subject: '{advisor} no confirma su rol de {month}',
      body: 'Tu asesor {advisor} contestó que no confirma su rol de guardias de {month}. No quedará activo; habla con esa persona o ajusta el rol.',
      pushTitle: 'Rol no confirmado',
      pushBody: '{advisorFirst} contestó que no confirma.',
      button: 'Ver el rol',
    },
    'answer-unknown-number': {
      subject: 'Confirmación desde otro número: {advisor}',
      body: 'Llegó desde un número que no es de nadie una respuesta al rol de {month} de {advisor}. No cuenta como confirmación: revisa el teléfono de esa persona o pídele que conteste desde el suyo.',
      pushTitle: 'Respuesta desde otro número',
      pushBody: 'La respuesta de {advisorFirst} no cuenta.',
      button: 'Ver personas',
    },
    'message-received': {
      subject: '{leadName} te escribió',
      body: 'Te escribió {leadName} por {channel}. Contesta desde su conversación; por WhatsApp puedes escribir libre durante 24 horas.',
      pushTitle: '{leadFirst} te escribió',
      pushBody: 'Por {channel}. Contesta desde el lead.',
      button: 'Contestar',
    },
  },
  'es-CO': {
    'draft-missing': {
      subject: 'Falta algo en su solicitud de reasignación',
      body: 'A su solicitud de reasignación le falta: {lacks}. Conteste este mismo correo con lo que falta. La imagen de la fuente debe dejar leer su fecha; escríbala también, por ejemplo «Fecha de la imagen: 01/07/2024».',
      pushTitle: 'Falta algo en su solicitud',
      pushBody: 'Revise su correo y conteste en el mismo hilo.',
      button: 'Ver mis solicitudes',
    },
    'draft-refused': {
      subject: 'Su solicitud de reasignación no procede',
      body: 'El Área de Control no dio curso a su solicitud por este motivo: {reason}. Si tiene con qué, mande otra con los datos completos.',
      pushTitle: 'Solicitud sin curso',
      pushBody: 'Revise su correo: ahí está el motivo.',
      button: 'Ver mis solicitudes',
    },
    'roster-asked-again': {
      subject: 'Falta confirmar su rol de {month}',
      body: 'No entendí su respuesta sobre el rol de guardias de {month}. Toque «Confirmo» o conteste CONFIRMO antes del {confirmBy}; si no puede, conteste NO y se le avisa a su gerente.',
      pushTitle: 'Falta confirmar su rol',
      pushBody: 'No entendí su respuesta. Conteste CONFIRMO o NO.',
      button: 'Ver mi rol',
    },
    'roster-declined': {
      subject: '{advisor} no confirma su rol de {month}',
      body: 'Su asesor {advisor} contestó que no confirma su rol de guardias de {month}. No quedará activo; hable con esa persona o ajuste el rol.',
      pushTitle: 'Rol no confirmado',
      pushBody: '{advisorFirst} contestó que no confirma.',
      button: 'Ver el rol',
    },
    'answer-unknown-number': {
      subject: 'Confirmación desde otro número: {advisor}',
      body: 'Llegó desde un número que no es de nadie una respuesta al rol de {month} de {advisor}. No cuenta como confirmación: revise el teléfono de esa persona o pídale que conteste desde el suyo.',
      pushTitle: 'Respuesta desde otro número',
      pushBody: 'La respuesta de {advisorFirst} no cuenta.',
      button: 'Ver personas',
    },
    'message-received': {
      subject: '{leadName} le escribió',
      body: 'Le escribió {leadName} por {channel}. Conteste desde su conversación; por WhatsApp puede escribir libremente durante 24 horas.',
      pushTitle: '{leadFirst} le escribió',
      pushBody: 'Por {channel}. Conteste desde el lead.',
      button: 'Contestar',
    },
  },
  en: {
    'draft-missing': {
      subject: 'Your reassignment request lacks something',
      body: 'Your reassignment request lacks: {lacks}. Answer this same mail with what is missing. The image of the source must let one read its date; write it as well, for example “Image date: 01/07/2024”.',
      pushTitle: 'Your request lacks something',
      pushBody: 'See your mail and answer in the same thread.',
      button: 'See my requests',
    },
    'draft-refused': {
      subject: 'Your reassignment request was not taken',
      body: 'The control area did not take your request, for this reason: {reason}. If you have what it takes, send another with all its data.',
      pushTitle: 'Request not taken',
      pushBody: 'See your mail: the reason is there.',
      button: 'See my requests',
    },
    'roster-asked-again': {
      subject: 'Your roster of {month} is not confirmed yet',
      body: 'I could not understand your answer about the duty roster of {month}. Press the button or answer CONFIRMED before {confirmBy}; if you cannot, answer NO and your manager will be told.',
      pushTitle: 'Your roster is not confirmed yet',
      pushBody: 'I could not understand your answer. Answer CONFIRMED or NO.',
      button: 'See my roster',
    },
    'roster-declined': {
      subject: '{advisor} does not confirm the roster of {month}',
      body: 'Your advisor {advisor} answered that they do not confirm their duty roster of {month}. They will not be active; talk to them or change the roster.',
      pushTitle: 'Roster not confirmed',
      pushBody: '{advisorFirst} answered no.',
      button: 'See the roster',
    },
    'answer-unknown-number': {
      subject: 'Confirmation from another number: {advisor}',
      body: 'An answer to the roster of {month} of {advisor} came from a number that is nobody’s. It confirms nothing: check that person’s phone or ask them to answer from their own.',
      pushTitle: 'Answer from another number',
      pushBody: 'The answer of {advisorFirst} does not count.',
      button: 'See people',
    },
    'message-received': {
      subject: '{leadName} wrote to you',
      body: 'You have a message of {leadName} by {channel}. Answer from the conversation; on WhatsApp you may write freely for 24 hours.',
      pushTitle: '{leadFirst} wrote to you',
      pushBody: 'By {channel}. Answer from the lead.',
      button: 'Answer',
    },
  },
};
