import type { Change, LinePart } from './ledger.ts';

/** The words of a statement that leaves the screen; the file speaks the reader's language. */
export interface StatementWords {
  readonly title: string;
  readonly of: string;
  readonly columns: readonly string[];
  readonly parts: Readonly<Record<LinePart, string>>;
  readonly changes: Readonly<Record<Change, string>>;
  readonly totals: Readonly<Record<'earned' | 'received' | 'deducted' | 'lost' | 'adjusted' | 'net', string>>;
  readonly nothing: string;
  readonly made: string;
  readonly clauses: string;
  /** In place of a clause, for the product's own rules. */
  readonly house: string;
}

const es: StatementWords = {
  title: 'Estado de cuenta',
  of: 'Comisiones de {month}',
  columns: ['Cierre', 'Fecha', 'Persona', 'Concepto', '%', 'Importe', 'Cláusula'],
  parts: {
    earned: 'Comisión',
    retention: 'Gastos de operación',
    support: 'Para el equipo de soporte',
    split: 'Parte de soporte',
    sanction: 'Sanción',
  },
  changes: {
    corrected: 'cierre corregido',
    canceled: 'cierre cancelado',
    credited: 'cierre acreditado a otra persona',
    'support-named': 'parte de soporte repartida',
    sanction: 'sanción',
    overturned: 'sanción sin efecto',
  },
  totals: {
    earned: 'Comisiones',
    received: 'Parte de soporte',
    deducted: 'Descuentos',
    lost: 'Sanciones',
    adjusted: 'Ajustes',
    net: 'Queda',
  },
  nothing: 'Sin movimientos este mes.',
  made: 'Hecho el {at}. Cada importe sale de la bitácora; un cambio posterior se anota como ajuste en su propio mes.',
  clauses: 'Cláusulas citadas',
  house: 'Pauta',
};

const en: StatementWords = {
  title: 'Statement',
  of: 'Commissions of {month}',
  columns: ['Closing', 'Date', 'Person', 'Item', '%', 'Amount', 'Clause'],
  parts: {
    earned: 'Commission',
    retention: 'Running costs',
    support: 'For the support team',
    split: 'Support part',
    sanction: 'Sanction',
  },
  changes: {
    corrected: 'closing corrected',
    canceled: 'closing canceled',
    credited: 'closing credited to another person',
    'support-named': 'support share given out',
    sanction: 'sanction',
    overturned: 'sanction of no effect',
  },
  totals: {
    earned: 'Commissions',
    received: 'Support part',
    deducted: 'Deductions',
    lost: 'Sanctions',
    adjusted: 'Adjustments',
    net: 'To be paid',
  },
  nothing: 'Nothing this month.',
  made: 'Made on {at}. Every amount comes from the journal; a later change is noted as an adjustment in its own month.',
  clauses: 'Clauses cited',
  house: 'Pauta',
};

export const STATEMENT_WORDS = { es, en } as const;
