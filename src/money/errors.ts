import type { ErrorEntry } from '../platform/errors.ts';

/** What a refused act on a closing, a case or an audit says, and what to do. */
export const moneyErrors: readonly ErrorEntry[] = [
  {
    code: 'no-such-sale',
    status: 404,
    es: 'Ese cierre no existe o no es de tu equipo.',
    en: 'There is no such closing, or it is not of your team.',
  },
  {
    code: 'sale-exists',
    status: 409,
    es: 'Ese cierre ya está registrado.',
    en: 'That closing is already recorded.',
  },
  {
    code: 'sale-canceled',
    status: 409,
    es: 'El cierre está cancelado: ya no cambia.',
    en: 'The closing is canceled: it changes no more.',
  },
  {
    code: 'bad-amount',
    status: 422,
    es: 'No se entiende el importe: escribe pesos y centavos, como 80000.50.',
    en: 'The amount is not understood: write pesos and cents, as 80000.50.',
  },
  {
    code: 'nothing-changed',
    status: 409,
    es: 'Nada cambia: los importes son los mismos.',
    en: 'Nothing changes: the amounts are the same.',
  },
  {
    code: 'already-credited',
    status: 409,
    es: 'El cierre ya es de esa persona.',
    en: 'The closing is already that person’s.',
  },
  {
    code: 'reasons-missing',
    status: 422,
    es: 'Escribe tus razones: sin ellas no se decide.',
    en: 'Write your reasons: nothing is decided without them.',
  },
  {
    code: 'no-such-sanction',
    status: 404,
    es: 'Ese caso no existe o no es de tu equipo.',
    en: 'There is no such case, or it is not of your team.',
  },
  { code: 'sanction-exists', status: 409, es: 'Ese caso ya está abierto.', en: 'That case is already open.' },
  {
    code: 'sanction-ruled',
    status: 409,
    es: 'El caso ya está decidido.',
    en: 'The case is already decided.',
  },
  {
    code: 'sanction-not-ruled',
    status: 409,
    es: 'El caso no está decidido: no hay qué revocar.',
    en: 'The case is not decided: there is nothing to take back.',
  },
  {
    code: 'sanction-answered',
    status: 409,
    es: 'Ya respondiste este caso.',
    en: 'You have already answered this case.',
  },
  {
    code: 'hearing-open',
    status: 409,
    es: 'La persona aún puede responder: espera a que venza su plazo, o decide sin esperar y dilo en tus razones.',
    en: 'The person may still answer: wait for their time to end, or decide without waiting and say so in your reasons.',
  },
  {
    code: 'not-your-case',
    status: 403,
    es: 'Solo puede responder la persona de quien trata.',
    en: 'Only the person it is about may answer.',
  },
  {
    code: 'own-case',
    status: 403,
    es: 'Nadie decide sobre lo suyo: pídelo a otra persona.',
    en: 'Nobody decides their own case: ask another person.',
  },
  {
    code: 'own-audit',
    status: 403,
    es: 'Quien auditó no decide sobre su auditoría: pídelo a otra persona.',
    en: 'Who audited does not rule on it: ask another person.',
  },
  { code: 'not-a-judge', status: 403, es: 'Tu puesto no decide casos.', en: 'Your role decides no cases.' },
  {
    code: 'rank-too-low',
    status: 403,
    es: 'Lo decidió alguien de mayor rango: solo alguien igual o superior lo revoca.',
    en: 'Somebody of higher rank decided it: only an equal or higher one takes it back.',
  },
  {
    code: 'bad-percent',
    status: 422,
    es: 'Escribe un porcentaje de 0 a 100.',
    en: 'Write a percentage from 0 to 100.',
  },
  {
    code: 'percent-over-max',
    status: 422,
    es: 'Pasa del máximo que permite la cláusula.',
    en: 'It is over the most that the clause allows.',
  },
  {
    code: 'no-such-audit',
    status: 404,
    es: 'Esa auditoría no existe o no es de tu equipo.',
    en: 'There is no such audit, or it is not of your team.',
  },
  {
    code: 'audit-exists',
    status: 409,
    es: 'Esa auditoría ya está registrada.',
    en: 'That audit is already recorded.',
  },
  { code: 'audit-closed', status: 409, es: 'La auditoría está cerrada.', en: 'The audit is closed.' },
  {
    code: 'audit-answered',
    status: 409,
    es: 'Ya respondiste esta auditoría.',
    en: 'You have already answered this audit.',
  },
];
