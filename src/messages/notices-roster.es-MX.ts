/** Avisos de rol, guardias, ausencias y firmas en español de México (de tú). */
import type { RosterNotices } from './notices.ts';

export const rosterEsMX: RosterNotices = {
  'roster-due': {
    subject: 'Falta la lista de {zone} para {month}',
    body: 'Falta tu lista de guardias de la zona {zone} para {month}. Se cierra el {dueTime}; sin ella, la zona se queda sin leads ese mes.',
    pushTitle: 'Falta tu lista de {month}',
    pushBody: 'Se cierra el {dueTime}.',
    button: 'Armar la lista',
  },
  'roster-reminder': {
    subject: 'Confirma tu guardia de {month}',
    body: 'Todavía no confirmas tu guardia de {month}. Tienes hasta el {confirmBy}: si no, no quedas activo y no recibes leads.',
    pushTitle: 'Confirma tu guardia',
    pushBody: 'Tienes hasta el {confirmBy}.',
    button: 'Ver mi guardia',
  },
  'shifts-changed': {
    subject: 'Cambiaron tus guardias de {month}',
    body: 'Cambiaron tus guardias de {month}. Ahora son: {shifts}. Si algo no te queda, pide un cambio en Pauta.',
    pushTitle: 'Cambiaron tus guardias',
    pushBody: 'Míralas en Pauta.',
    button: 'Ver mis guardias',
  },
  'absence-asked': {
    subject: '{advisor} pide ausentarse',
    body: 'En tu equipo, {advisor} pide ausentarse {days}. Antes de contestar, Pauta te muestra qué guardias quedarían sin gente.',
    pushTitle: 'Ausencia por aprobar',
    pushBody: '{advisorFirst}: {days}.',
    button: 'Contestar',
  },
  'absence-approved': {
    subject: 'Ausencia aprobada',
    body: 'Se aprobó tu ausencia {days}. Esos días no recibes leads.',
    pushTitle: 'Ausencia aprobada',
    pushBody: 'No recibes leads {days}.',
    button: 'Ver mis guardias',
  },
  'absence-refused': {
    subject: 'Ausencia no aprobada',
    body: 'No se aprobó tu ausencia {days}. La razón está en Pauta.',
    pushTitle: 'Ausencia no aprobada',
    pushBody: 'La razón está en Pauta.',
    button: 'Ver la razón',
  },
  'swap-asked': {
    subject: '{advisor} te pide cambiar guardia',
    body: 'Tu compañero {advisor} te pide un cambio de guardia: {swap}. Contesta en Pauta; si aceptas, falta que lo aprueben.',
    pushTitle: 'Te piden cambiar guardia',
    pushBody: '{advisorFirst}: {swap}.',
    button: 'Contestar',
  },
  'swap-accepted': {
    subject: 'Cambio de guardia por aprobar',
    body: 'Hay un cambio de guardia por aprobar en tu equipo: {advisor} y {holder} ya están de acuerdo ({swap}). Falta tu visto bueno.',
    pushTitle: 'Cambio de guardia por aprobar',
    pushBody: '{advisorFirst} y {holderFirst}: {swap}.',
    button: 'Revisar',
  },
  'swap-settled': {
    subject: 'Tu cambio de guardia {outcome}',
    body: 'El cambio de guardia ({swap}) {outcome}. Tus guardias al día están en Pauta.',
    pushTitle: 'Cambio de guardia',
    pushBody: 'El cambio {outcome}.',
    button: 'Ver mis guardias',
  },
  'signature-asked': {
    subject: 'Tienes procedimientos por firmar',
    body: 'Tienes por leer y firmar: {procedures}. Hazlo a más tardar el {dueTime}; sin tu firma no entras al rol del mes.',
    pushTitle: 'Procedimientos por firmar',
    pushBody: 'A más tardar el {dueTime}.',
    button: 'Leer y firmar',
  },
  'signature-missed': {
    subject: 'Se pasó el plazo para firmar',
    body: 'Se pasó el plazo para firmar: {procedures}. Fírmalo cuanto antes; sin tu firma no entras al rol del mes.',
    pushTitle: 'Te falta una firma',
    pushBody: 'Fírmalo cuanto antes.',
    button: 'Leer y firmar',
  },
  'signature-missed-manager': {
    subject: '{advisor} no ha firmado',
    body: 'En tu equipo, {advisor} no firmó a tiempo: {procedures}. Sin esa firma no entra al rol del mes.',
    pushTitle: 'Falta una firma en tu equipo',
    pushBody: '{advisorFirst} no firmó a tiempo.',
    button: 'Ver quién falta',
  },
};
