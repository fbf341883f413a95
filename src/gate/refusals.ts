/** Every no of the gate: its token (as in `contact.refused`'s `why`), HTTP status, what it says and what can be done. */
interface Sentence {
  says: string;
  todo: string;
}

export interface RefusalText {
  status: 403 | 409 | 410;
  es: Sentence;
  en: Sentence;
}

export const gateRefusals = {
  erased: {
    status: 410,
    es: {
      says: 'La persona pidió borrar sus datos.',
      todo: 'No la contacte; solo ella puede volver a registrarse.',
    },
    en: {
      says: 'This person had their data erased.',
      todo: 'Do not contact them; only they can register again.',
    },
  },
  'not-registered': {
    status: 409,
    es: { says: 'La persona no está registrada.', todo: 'Regístrela con su fuente antes de contactarla.' },
    en: {
      says: 'This person is not registered.',
      todo: 'Register them with their source before any contact.',
    },
  },
  frozen: {
    status: 409,
    es: {
      says: 'El contacto está suspendido mientras se resuelve una solicitud de reasignación.',
      todo: 'Espere la resolución del Área de Control.',
    },
    en: {
      says: 'Contact is suspended while a claim is being ruled on.',
      todo: 'Wait for the ruling of the control area.',
    },
  },
  'opted-out': {
    status: 403,
    es: {
      says: 'La persona pidió no ser contactada por este medio.',
      todo: 'Respete su decisión; no hay excepción.',
    },
    en: {
      says: 'This person asked not to be contacted this way.',
      todo: 'Respect it; there is no exception.',
    },
  },
  'not-holder': {
    status: 403,
    es: {
      says: 'Solo el titular del lead, su gerente o el administrador pueden contactar.',
      todo: 'Si considera que le corresponde, presente una solicitud de reasignación.',
    },
    en: {
      says: 'Only the holder of the lead, their manager or the administrator may contact.',
      todo: 'If you believe it is yours, open a claim.',
    },
  },
  'channel-not-authorized': {
    status: 403,
    es: {
      says: 'Este medio no está autorizado en la organización.',
      todo: 'Use uno de los medios autorizados.',
    },
    en: { says: 'This channel is not authorized here.', todo: 'Use one of the authorized channels.' },
  },
  'channel-forbidden': {
    status: 403,
    es: {
      says: 'La ley prohíbe este medio para este fin.',
      todo: 'Use otro medio que la persona haya autorizado.',
    },
    en: {
      says: 'The law forbids this channel for this purpose.',
      todo: 'Use another channel the person authorized.',
    },
  },
  'not-through-pbx': {
    status: 403,
    es: {
      says: 'Las llamadas se hacen por el conmutador de la empresa.',
      todo: 'Llame desde el botón del sistema.',
    },
    en: { says: 'Calls go through the company PBX.', todo: 'Call with the button in the product.' },
  },
  'no-consent': {
    status: 403,
    es: {
      says: 'No hay autorización de la persona para este medio y este fin.',
      todo: 'Obtenga y registre su autorización con prueba.',
    },
    en: {
      says: 'There is no consent from this person for this channel and purpose.',
      todo: 'Obtain their consent and record it with its proof.',
    },
  },
  'on-register': {
    status: 403,
    es: {
      says: 'La persona está en un registro público que excluye la publicidad por este medio.',
      todo: 'No la contacte sin una autorización suya que la ley acepte.',
    },
    en: {
      says: 'This person is on a public register that excludes advertising on this channel.',
      todo: 'Do not contact them without a consent the law accepts.',
    },
  },
  'register-not-checked': {
    status: 409,
    es: {
      says: 'La consulta al registro público de exclusión no está vigente.',
      todo: 'Cargue una consulta reciente del registro.',
    },
    en: {
      says: 'The check of the public register is out of date.',
      todo: 'Load a recent result of the register.',
    },
  },
  'contacted-today': {
    status: 409,
    es: { says: 'Ya hubo contacto directo con la persona hoy.', todo: 'Espere al siguiente día permitido.' },
    en: { says: 'This person was already reached today.', todo: 'Wait for the next day allowed.' },
  },
  'other-channel-this-week': {
    status: 409,
    es: {
      says: 'Esta semana ya hubo contacto directo por otro medio.',
      todo: 'Siga por el mismo medio o espere a la semana siguiente.',
    },
    en: {
      says: 'This person was reached on another channel this week.',
      todo: 'Keep to the same channel or wait for the next week.',
    },
  },
  'outside-legal-hours': {
    status: 409,
    es: { says: 'Fuera del horario que permite la ley.', todo: 'Espere a que abra el horario.' },
    en: { says: 'Outside the hours the law allows.', todo: 'Wait for the hours to open.' },
  },
  'outside-policy-hours': {
    status: 409,
    es: { says: 'Fuera del horario de la política de contacto.', todo: 'Espere a que abra el horario.' },
    en: { says: 'Outside the hours of the contact policy.', todo: 'Wait for the hours to open.' },
  },
  'outside-agreed-hours': {
    status: 409,
    es: { says: 'Fuera del horario acordado.', todo: 'Espere a que abra el horario.' },
    en: { says: 'Outside the agreed hours.', todo: 'Wait for the hours to open.' },
  },
} as const satisfies Record<string, RefusalText>;

export type GateRefusal = keyof typeof gateRefusals;
