import type { WhyNot } from './what-counts.ts';

/** The words of the file of a claim. */
export interface FileWords {
  readonly title: string;
  readonly lead: string;
  readonly requester: string;
  readonly holder: string;
  readonly requestedAt: string;
  readonly askedAt: string;
  readonly evidenceDueAt: string;
  readonly rulingDueAt: string;
  readonly ruledAt: string;
  readonly ruledBy: string;
  readonly byItself: string;
  readonly request: string;
  readonly imageDatedOn: string;
  readonly evidence: string;
  readonly evidenceColumns: readonly string[];
  readonly counts: string;
  readonly whyNot: Readonly<Record<WhyNot, string>>;
  readonly out: string;
  readonly in: string;
  readonly channels: Readonly<Record<string, string>>;
  readonly recorded: string;
  readonly sent: string;
  readonly ruling: string;
  readonly outcome: Readonly<Record<'keep' | 'reassign', string>>;
  readonly line: string;
  /** Why, by the line of the ruling that decides. */
  readonly lines: Readonly<Record<number, string>>;
  readonly unmet: string;
  readonly reasons: string;
  readonly appeal: string;
  readonly because: string;
  readonly proposed: string;
  readonly terms: string;
  readonly term: Readonly<Record<'R4' | 'R6' | 'R5' | 'R8', string>>;
  readonly agreement: string;
  readonly signed: string;
  readonly edits: string;
  readonly editColumns: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly images: string;
  readonly notDrawn: string;
  readonly journal: string;
  readonly journalColumns: readonly string[];
  readonly journalNote: string;
  readonly none: string;
  readonly notYet: string;
}

const es: FileWords = {
  title: 'Solicitud de reasignación',
  lead: 'Lead',
  requester: 'Lo pide',
  holder: 'Titular',
  requestedAt: 'Solicitud',
  askedAt: 'Aviso al titular (contacto suspendido)',
  evidenceDueAt: 'Plazo de pruebas',
  rulingDueAt: 'Plazo de la resolución',
  ruledAt: 'Resolución',
  ruledBy: 'Resolvió',
  byItself: 'por sí sola, como dice el procedimiento',
  request: 'Lo que dice la solicitud',
  imageDatedOn: 'Fecha que se lee en la imagen del origen',
  evidence: 'Seguimiento del titular',
  evidenceColumns: ['Fecha', 'Sentido', 'Medio', 'De dónde', 'Cuenta'],
  counts: 'sí',
  whyNot: {
    undated: 'no: sin fecha legible',
    'not-verifiable': 'no: no se puede comprobar',
    'after-notification': 'no: después del aviso',
    'before-holding': 'no: antes de ser titular',
    'of-somebody-else': 'no: de otra persona',
  },
  out: 'hacia el cliente',
  in: 'del cliente',
  channels: { call: 'llamada', whatsapp: 'WhatsApp', email: 'correo', appointment: 'cita' },
  recorded: 'registrado',
  sent: 'enviado',
  ruling: 'La resolución',
  outcome: { keep: 'El lead se queda con su titular', reassign: 'El lead pasa a quien lo pidió' },
  line: 'Renglón',
  lines: {
    2: 'el titular ya no trabaja aquí',
    3: 'lo acordaron y firmaron las partes',
    4: 'corre todavía el plazo del primer contacto',
    5: 'hay una fecha acordada con el cliente, por venir',
    7: 'nada cuenta como seguimiento',
    8: 'no hubo primer contacto en su plazo',
    9: 'solo hubo primer contacto',
    10: 'el cliente nunca respondió',
    11: 'pasaron demasiados días sin seguimiento',
    12: 'el seguimiento cumple',
  },
  unmet: 'Requisitos que no se cumplen',
  reasons: 'Razones',
  appeal: 'Apelación',
  because: 'Cláusulas',
  proposed: 'Propuesta, por confirmar',
  terms: 'Los plazos del titular',
  term: {
    R4: 'R4 · primer contacto, a más tardar',
    R6: 'R6 · seguimiento después del primer contacto, a más tardar',
    R5: 'R5, R7 · siguiente seguimiento, último día',
    R8: 'R8 · fecha acordada con el cliente',
  },
  agreement: 'Acuerdo entre las partes',
  signed: 'el lead queda con',
  edits: 'Cambios a los datos del lead',
  editColumns: ['Fecha', 'Quién', 'Dato', 'Decía', 'Dice'],
  fields: { name: 'nombre', phone: 'teléfono', email: 'correo', source: 'origen' },
  images: 'Imágenes, tal como se recibieron',
  notDrawn: 'Esta imagen no se puede imprimir aquí; está en el caso, tal como llegó.',
  journal: 'Bitácora del lead, con su sello',
  journalColumns: ['Fecha', 'Asiento', 'Quién', 'Sello (SHA-256)'],
  journalNote:
    'Cada sello encadena el anterior: si alguien cambiara, quitara o moviera un asiento, la verificación de la bitácora lo señalaría.',
  none: 'Nada.',
  notYet: 'pendiente',
};

const en: FileWords = {
  title: 'Claim on a lead',
  lead: 'Lead',
  requester: 'Asked by',
  holder: 'Holder',
  requestedAt: 'Claim',
  askedAt: 'Holder notified (contact frozen)',
  evidenceDueAt: 'Evidence due',
  rulingDueAt: 'Ruling due',
  ruledAt: 'Ruling',
  ruledBy: 'Ruled by',
  byItself: 'by itself, as the procedure says',
  request: 'What the claim says',
  imageDatedOn: 'Date read in the image of the source',
  evidence: 'The holder’s follow-up',
  evidenceColumns: ['Date', 'Direction', 'Channel', 'From', 'Counts'],
  counts: 'yes',
  whyNot: {
    undated: 'no: no legible date',
    'not-verifiable': 'no: cannot be verified',
    'after-notification': 'no: after the notification',
    'before-holding': 'no: before holding the lead',
    'of-somebody-else': 'no: somebody else’s',
  },
  out: 'to the client',
  in: 'from the client',
  channels: { call: 'call', whatsapp: 'WhatsApp', email: 'e-mail', appointment: 'appointment' },
  recorded: 'recorded',
  sent: 'sent',
  ruling: 'The ruling',
  outcome: { keep: 'The lead stays with its holder', reassign: 'The lead goes to who asked for it' },
  line: 'Line',
  lines: {
    2: 'the holder no longer works here',
    3: 'the parties agreed and signed',
    4: 'the term of the first contact still runs',
    5: 'a date agreed with the client is still to come',
    7: 'nothing counts as follow-up',
    8: 'no first contact within its term',
    9: 'there was only the first contact',
    10: 'the client never answered',
    11: 'too many days passed without follow-up',
    12: 'the follow-up meets what is asked',
  },
  unmet: 'Requirements not met',
  reasons: 'Reasons',
  appeal: 'Appeal',
  because: 'Clauses',
  proposed: 'Proposed, to be confirmed',
  terms: 'The holder’s terms',
  term: {
    R4: 'R4 · first contact, no later than',
    R6: 'R6 · follow-up after the first contact, no later than',
    R5: 'R5, R7 · next follow-up, last day',
    R8: 'R8 · date agreed with the client',
  },
  agreement: 'Agreement between the parties',
  signed: 'the lead stays with',
  edits: 'Changes to the lead’s data',
  editColumns: ['Date', 'Who', 'Datum', 'Said', 'Says'],
  fields: { name: 'name', phone: 'phone', email: 'e-mail', source: 'source' },
  images: 'Images, as received',
  notDrawn: 'This image cannot be printed here; it is in the case, as it came.',
  journal: 'The lead’s journal, with its seals',
  journalColumns: ['Date', 'Entry', 'Who', 'Seal (SHA-256)'],
  journalNote:
    'Each seal chains the one before: should anyone change, remove or move an entry, verifying the journal would point to it.',
  none: 'Nothing.',
  notYet: 'pending',
};

export const fileWords = { es, en } as const;
