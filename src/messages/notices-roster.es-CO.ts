/** Avisos de rol, guardias, ausencias y firmas en español de Colombia (de usted). */
import type { RosterNotices } from './notices.ts';

export const rosterEsCO: RosterNotices = {
  'roster-due': {
    subject: 'Falta la lista de {zone} para {month}',
    body: 'Falta su lista de guardias de la zona {zone} para {month}. Se cierra el {dueTime}; sin ella, la zona se queda sin leads ese mes.',
    pushTitle: 'Falta su lista de {month}',
    pushBody: 'Se cierra el {dueTime}.',
    button: 'Armar la lista',
  },
  'roster-reminder': {
    subject: 'Confirme su guardia de {month}',
    body: 'Todavía no confirma su guardia de {month}. Tiene hasta el {confirmBy}: si no, no queda activo y no recibe leads.',
    pushTitle: 'Confirme su guardia',
    pushBody: 'Tiene hasta el {confirmBy}.',
    button: 'Ver mi guardia',
  },
  'shifts-changed': {
    subject: 'Cambiaron sus guardias de {month}',
    body: 'Cambiaron sus guardias de {month}. Ahora son: {shifts}. Si algo no le queda, pida un cambio en Pauta.',
    pushTitle: 'Cambiaron sus guardias',
    pushBody: 'Mírelas en Pauta.',
    button: 'Ver mis guardias',
  },
  'absence-asked': {
    subject: '{advisor} pide ausentarse',
    body: 'En su equipo, {advisor} pide ausentarse {days}. Antes de responder, Pauta le muestra qué guardias quedarían sin gente.',
    pushTitle: 'Ausencia por aprobar',
    pushBody: '{advisorFirst}: {days}.',
    button: 'Responder',
  },
  'absence-approved': {
    subject: 'Ausencia aprobada',
    body: 'Se aprobó su ausencia {days}. Esos días no recibe leads.',
    pushTitle: 'Ausencia aprobada',
    pushBody: 'No recibe leads {days}.',
    button: 'Ver mis guardias',
  },
  'absence-refused': {
    subject: 'Ausencia no aprobada',
    body: 'No se aprobó su ausencia {days}. La razón está en Pauta.',
    pushTitle: 'Ausencia no aprobada',
    pushBody: 'La razón está en Pauta.',
    button: 'Ver la razón',
  },
  'swap-asked': {
    subject: '{advisor} le pide cambiar guardia',
    body: 'Su compañero {advisor} le pide un cambio de guardia: {swap}. Responda en Pauta; si acepta, falta que lo aprueben.',
    pushTitle: 'Le piden cambiar guardia',
    pushBody: '{advisorFirst}: {swap}.',
    button: 'Responder',
  },
  'swap-accepted': {
    subject: 'Cambio de guardia por aprobar',
    body: 'Hay un cambio de guardia por aprobar en su equipo: {advisor} y {holder} ya están de acuerdo ({swap}). Falta su visto bueno.',
    pushTitle: 'Cambio de guardia por aprobar',
    pushBody: '{advisorFirst} y {holderFirst}: {swap}.',
    button: 'Revisar',
  },
  'swap-settled': {
    subject: 'Su cambio de guardia {outcome}',
    body: 'El cambio de guardia ({swap}) {outcome}. Sus guardias al día están en Pauta.',
    pushTitle: 'Cambio de guardia',
    pushBody: 'El cambio {outcome}.',
    button: 'Ver mis guardias',
  },
  'signature-asked': {
    subject: 'Tiene procedimientos por firmar',
    body: 'Tiene por leer y firmar: {procedures}. Hágalo a más tardar el {dueTime}; sin su firma no entra al rol del mes.',
    pushTitle: 'Procedimientos por firmar',
    pushBody: 'A más tardar el {dueTime}.',
    button: 'Leer y firmar',
  },
  'signature-missed': {
    subject: 'Se pasó el plazo para firmar',
    body: 'Se pasó el plazo para firmar: {procedures}. Fírmelo cuanto antes; sin su firma no entra al rol del mes.',
    pushTitle: 'Le falta una firma',
    pushBody: 'Fírmelo cuanto antes.',
    button: 'Leer y firmar',
  },
  'signature-missed-manager': {
    subject: '{advisor} no ha firmado',
    body: 'En su equipo, {advisor} no firmó a tiempo: {procedures}. Sin esa firma no entra al rol del mes.',
    pushTitle: 'Falta una firma en su equipo',
    pushBody: '{advisorFirst} no firmó a tiempo.',
    button: 'Ver quién falta',
  },
};
