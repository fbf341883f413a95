/** What invented prospects write and invented advisors note. Content of the sample organization, not words of the product. */
export const MESSAGES = [
  'Me interesa un departamento de dos recámaras',
  '¿Tienen casas con crédito hipotecario?',
  'Quisiera agendar una visita el fin de semana',
  '¿Cuál es el enganche mínimo?',
  'Busco para invertir, algo en preventa',
  'Informes por favor',
  '¿Aceptan mascotas en el desarrollo?',
  'Quiero conocer el avance de obra',
] as const;

export const CAMPAIGNS = [
  { campaignId: '120210001', campaignName: 'Preventa primavera' },
  { campaignId: '120210002', campaignName: 'Casas con jardín' },
  { campaignId: '120210003', campaignName: 'Departamentos centro' },
  { campaignId: '120210004', campaignName: 'Recomienda y gana' },
] as const;

export const CONSENT = 'Acepto que me contacten por teléfono y WhatsApp sobre este desarrollo.';

export const NOTES_ANSWERED = [
  'Busca dos recámaras; le mando planos por WhatsApp.',
  'Ya tiene crédito aprobado. Quiere visita el sábado por la mañana.',
  'Compara con otro desarrollo; le interesa la terraza.',
  'Compra para invertir, pregunta por rentas de la zona.',
  'Lo platica con su familia y me confirma el lunes.',
  'Quiere planta baja por su mamá.',
  'Le queda lejos del trabajo, pero el precio le gusta.',
] as const;

export const NOTES_UNANSWERED = [
  'No contestó; vuelvo a marcar por la tarde.',
  'Buzón. Le escribo y marco mañana.',
] as const;

export const GRADES = [
  ['A', 'Pide informes, sin fecha'],
  ['A', 'Todavía no junta el enganche'],
  ['AA', 'Tiene presupuesto, decide en tres meses'],
  ['AA', 'Visita agendada'],
  ['AAA', 'Crédito aprobado y quiere apartar'],
] as const;

export const UNREACHED = ['A', 'Todavía no contesta'] as const;

export const PASSING_REASONS = [
  'Pide que le atiendan en inglés',
  'Estoy en escrituración toda la mañana',
] as const;

/** Kind and words of what comes next. */
export const NEXT_ACTIONS = [
  ['call', 'Marcarle con la cotización en la mano'],
  ['message', 'Mandarle el plano de la planta baja'],
  ['send', 'Enviar lista de precios vigente'],
  ['call', 'Preguntar qué dijo su familia'],
  ['meet', 'Proponerle visita el sábado'],
] as const;

export const LOST = [
  ['no-budget', 'El enganche no le alcanza'],
  ['bought-elsewhere', 'Apartó en otro desarrollo'],
  ['no-answer', 'Ya no contesta'],
  ['not-interested', 'Solo quería comparar precios'],
] as const;

export const WEEK_COMMENTS = [
  'Dos visitas quedaron para el sábado; los demás en espera de crédito.',
  'Semana floja por el puente. Retomo a los que pidieron llamada.',
  'Un apartado por confirmar: falta que firme la esposa.',
  'Varios preguntan por enganche diferido, convendría tener la tabla.',
  'Pocos contestan por la mañana; cambio mis llamadas a la tarde.',
] as const;

export const SWAP_REASONS = [
  'Tengo cita en el notario esa mañana',
  'Festival de mi hija en la escuela',
] as const;

export const ABSENCE_REASONS = [
  ['personal', 'Mudanza'],
  ['vacation', 'Vacaciones que me quedaban'],
] as const;

export const ASKED_PAPERS = {
  identity: 'Identificación oficial',
  address: 'Comprobante de domicilio',
  exam: 'Manejo de leads',
} as const;

export const AUDIT_NOTES = [
  'Saluda, pregunta por el presupuesto y deja siguiente paso con fecha.',
  'Muy amable; faltó anotar lo que pidió el cliente.',
  'Contesta todas las dudas del crédito.',
] as const;

export const BAD_CARE = [
  {
    note: 'Minuto 1:10: interrumpe y termina la llamada antes de que el cliente acabe de preguntar.',
    answer: 'Se cortó la línea. Le volví a marcar a los dos minutos y quedó visita.',
    ruling: 'El conmutador muestra la segunda llamada, de cuatro minutos. No fue mala atención.',
  },
  {
    note: 'Promete una entrega que el desarrollo no tiene autorizada.',
    answer: 'Leí la fecha de la ficha anterior; ya le avisé al cliente de la correcta.',
  },
] as const;

export const BREACHES = [
  {
    clause: 'lead-assignment#P10',
    text: 'Llamó al cliente desde su celular, fuera del conmutador.',
    answer: 'El conmutador estuvo caído esa hora y lo avisé a sistemas.',
    ruling: 'Es la primera vez y avisó, pero después de llamar.',
  },
  {
    clause: 'contact-center-policy#L6',
    text: 'Segunda semana sin reporte en el mes.',
  },
] as const;

export const CLIENT_ANSWERS = [
  '¿Me puede mandar la lista de precios?',
  'Sí me interesa, ¿el sábado a las 11 se puede?',
  'Gracias, lo veo con mi esposo y le aviso',
  '¿Aceptan crédito de dos instituciones?',
  'Ahorita estoy en el trabajo, márqueme después de las 6',
] as const;

export const ADVISOR_ANSWERS = [
  'Claro que sí, se la mando en un momento. ¿Busca dos o tres recámaras?',
  'Con gusto. Le confirmo el horario y le comparto la ubicación.',
  'Perfecto, quedo al pendiente. Cualquier duda me escribe.',
] as const;

export const CORRECTIONS = {
  corrected: 'Faltaba el bono por pago de contado',
  canceled: 'El banco no autorizó el crédito y el cliente se retiró',
} as const;
