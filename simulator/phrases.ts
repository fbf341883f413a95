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
