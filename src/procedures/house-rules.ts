import type { Saying } from './pack.ts';

/**
 * Rules of the product itself, for decisions on which no written procedure speaks. They stand in `because` as
 * `house#name`, so that it is plain that the product decided and not a clause of the organization.
 */
export const houseRules = {
  facts: {
    es: 'Un hecho que no puede ser se rechaza y queda anotado.',
    en: 'A fact that cannot be is refused, and noted.',
  },
  versions: {
    es: 'Una versión ya publicada no se publica otra vez.',
    en: 'A version already published is not published again.',
  },
  'four-eyes': {
    es: 'Una versión la propone una persona y la publica otra; quien está a solas la publica, y queda dicho.',
    en: 'A version is proposed by one person and published by another; who is alone publishes it, and it is said so.',
  },
  roster: {
    es: 'Sin cláusula de rol en vigor, decide la lista que pone el administrador.',
    en: 'Without a roster clause in force, the administrator’s list decides.',
  },
  absences: {
    es: 'Las ausencias las aprueba quien responde por la persona; esos días no toma turno.',
    en: 'Absences are approved by whoever answers for the person; on those days they take no turn.',
  },
  swaps: {
    es: 'Una guardia cambia de manos si la otra persona acepta y lo aprueba quien responde por ellas.',
    en: 'A guard changes hands if the other person accepts and whoever answers for them approves.',
  },
  signatures: {
    es: 'Cada quien lee y firma los procedimientos que rigen en su organización.',
    en: 'Everybody reads and signs the procedures in force in their organization.',
  },
  assignment: {
    es: 'Sin cláusula de asignación en vigor, los leads se reparten por turno.',
    en: 'Without an assignment clause in force, leads are shared out by turn.',
  },
  'test-leads': {
    es: 'Un lead de prueba no llega a ningún turno.',
    en: 'A test lead reaches no turn.',
  },
  reach: {
    es: 'Un lead sin teléfono ni correo que sirva no se puede contactar.',
    en: 'A lead with no usable phone or e-mail cannot be contacted.',
  },
  identity: {
    es: 'La misma persona se reconoce por su teléfono, correo, documento o nombre, con puntos a la vista.',
    en: 'The same person is recognized by phone, e-mail, document or name, with the points in sight.',
  },
  consent: {
    es: 'A quien pide no ser contactado no se le contacta; solo su propia palabra, posterior y con prueba, lo levanta.',
    en: 'Who asks not to be contacted is not; only their own later word, with its proof, lifts it.',
  },
  administrator: {
    es: 'El administrador puede dar un lead a una persona, con sus razones.',
    en: 'The administrator may give a lead to a person, with reasons.',
  },
  'passed-on': {
    es: 'Quien no puede atender un lead lo pasa, y sigue por turno a quien no lo ha tenido.',
    en: 'Who cannot attend to a lead passes it on, and it goes by turn to one who has not held it.',
  },
  'hand-over': {
    es: 'Los leads de quien se va siguen por turno.',
    en: 'The leads of one who leaves go on by turn.',
  },
  sources: {
    es: 'Cada fuente conserva su tipo: cambiarlo haría ilegible lo que ya envió.',
    en: 'Each source keeps its kind: changing it would make what it sent unreadable.',
  },
  erasure: {
    es: 'Los datos de una persona se borran cuando lo pide; queda la prueba de que se borraron.',
    en: 'A person’s data are erased on request; the proof of the erasure stays.',
  },
  retention: {
    es: 'Lo que nunca llegó a ser de una persona se conserva el tiempo fijado en Ajustes y luego se borra.',
    en: 'What never became anybody’s is kept for the time set in Settings, then erased.',
  },
  notices: {
    es: 'Un aviso que un canal no toma se da por el siguiente que la persona tenga.',
    en: 'A notice that one channel does not take is given by the next one the person has.',
  },
  channels: {
    es: 'Un canal que deja de enviar se avisa a quienes administran.',
    en: 'A channel that stops sending is told to those who administer it.',
  },
  claims: {
    es: 'De un lead bajo solicitud decide la resolución, y nadie más lo mueve mientras tanto.',
    en: 'The ruling decides on a lead under claim, and nobody else moves it meanwhile.',
  },
  appeal: {
    es: 'Una resolución se apela una sola vez, y la ve alguien de mayor rango que quien resolvió.',
    en: 'A ruling is appealed once, and somebody of a higher rank than who ruled looks at it.',
  },
  answers: {
    es: 'Una respuesta cuenta para la pregunta que cita o, si no cita ninguna, para la única abierta; si no se entiende, se pregunta otra vez.',
    en: 'An answer counts for the question it quotes or, quoting none, for the only open one; not understood, it is asked again.',
  },
  mailbox: {
    es: 'Lo que llega al buzón designado se lee una vez y queda; lo que le falta se pide en el mismo hilo.',
    en: 'What comes to the designated mailbox is read once and kept; what it lacks is asked for in the same thread.',
  },
  conversation: {
    es: 'Lo que escribe la persona le llega a quien la atiende; fuera de las 24 horas, WhatsApp solo deja escribir con plantilla.',
    en: 'What the person writes reaches whoever attends to them; outside the 24 hours WhatsApp lets one write only by template.',
  },
  'follow-up': {
    es: 'El seguimiento de un lead lo anota quien lo lleva, su línea o el administrador.',
    en: 'A lead’s follow-up is noted by its holder, the holder’s line or the administrator.',
  },
  agenda: {
    es: 'Nadie queda citado en dos lugares a la vez.',
    en: 'Nobody is booked in two places at once.',
  },
  sales: {
    es: 'Un cierre se corrige, se cancela o se acredita a otra persona con razones; la diferencia se anota y nada se reescribe.',
    en: 'A closing is corrected, canceled or credited to another person with reasons; the difference is noted and nothing is rewritten.',
  },
  audits: {
    es: 'Lo que encuentra una auditoría queda anotado; sin cláusula en vigor no quita a nadie del rol.',
    en: 'What an audit finds is noted; without a clause in force it takes nobody off the roster.',
  },
  sanctions: {
    es: 'Una falta se abre como caso, se oye a la persona y decide otra, con razones.',
    en: 'A breach is opened as a case, the person is heard, and another person decides, with reasons.',
  },
  hearing: {
    es: 'Quien es señalado tiene dos días hábiles para responder antes de que se decida.',
    en: 'A person pointed at has two business days to answer before it is decided.',
  },
  reminders: {
    es: 'De cada cita se les recuerda a tiempo a quienes van, y después se pregunta cómo quedó.',
    en: 'Those who attend an appointment are reminded of it in time, and asked afterwards how it went.',
  },
  undo: {
    es: 'Una tarea equivocada se deshace con un asiento contrario.',
    en: 'A mistaken act is undone by a counter-entry.',
  },
} as const satisfies Record<string, Saying>;

export type HouseRule = keyof typeof houseRules;

export function houseRule(name: HouseRule): string {
  return `house#${name}`;
}
