import type { Difference } from '../src/decisions/index.ts';
import type { ChainFinding, HeadFault } from '../src/journal/index.ts';
import type { TerminalLanguage } from '../src/platform/startup-fault.ts';

type Text = Readonly<Record<TerminalLanguage, string>>;

/** What `pauta verify` says of each thing found: which, where, and what it means. */
export function findingText(found: ChainFinding): Text {
  switch (found.finding) {
    case 'entry-changed':
      return {
        es: `la entrada ${found.entry} fue cambiada: no es lo que se selló (sello ${found.seal ?? 'pendiente'})`,
        en: `entry ${found.entry} was changed: it is not what was sealed (seal ${found.seal ?? 'waiting'})`,
      };
    case 'entries-swapped':
      return {
        es: `las entradas ${found.entry} y ${found.with} fueron intercambiadas`,
        en: `entries ${found.entry} and ${found.with} were exchanged`,
      };
    case 'entry-removed':
      return {
        es: `la entrada ${found.entry} fue borrada (sello ${found.seal ?? 'pendiente'})`,
        en: `entry ${found.entry} was removed (seal ${found.seal ?? 'waiting'})`,
      };
    case 'entry-inserted':
      return {
        es: `la entrada ${found.entry} fue insertada después: no tiene sello ni lo espera`,
        en: `entry ${found.entry} was put in afterwards: it has no seal and waits for none`,
      };
    case 'seal-changed':
      return {
        es: `el sello ${found.seal} (entrada ${found.entry}) fue cambiado`,
        en: `seal ${found.seal} (entry ${found.entry}) was changed`,
      };
    case 'seal-removed':
      return {
        es: `el sello ${found.seal} (entrada ${found.entry}) fue borrado`,
        en: `seal ${found.seal} (entry ${found.entry}) was removed`,
      };
    case 'seals-removed':
      return {
        es: `los sellos ${found.from} a ${found.to} fueron borrados con sus entradas`,
        en: `seals ${found.from} to ${found.to} were removed with their entries`,
      };
    case 'seal-misplaced':
      return {
        es: `el sello ${found.seal} está en la entrada ${found.entry}, que es la número ${found.place} de la cadena`,
        en: `seal ${found.seal} stands on entry ${found.entry}, which is number ${found.place} of the chain`,
      };
    case 'chain-broken':
      return {
        es: `la cadena está rota del sello ${found.from} al ${found.to}: se borraron, insertaron o renumeraron entradas`,
        en: `the chain is broken from seal ${found.from} to ${found.to}: entries were removed, inserted or numbered anew`,
      };
    case 'chain-rewritten':
      return {
        es: `la cadena fue rehecha: el sello ${found.seal} no es el publicado (concordaba hasta el ${found.after})`,
        en: `the chain was made anew: seal ${found.seal} is not the one published (it agreed up to ${found.after})`,
      };
    case 'tail-removed':
      return {
        es: `falta el final: los sellos ${found.from} a ${found.to} se publicaron y ya no están`,
        en: `the end is missing: seals ${found.from} to ${found.to} were published and are gone`,
      };
    case 'personal-changed':
      return {
        es: `los datos personales de la entrada ${found.entry} fueron cambiados`,
        en: `the personal data of entry ${found.entry} was changed`,
      };
    case 'personal-added':
      return {
        es: `la entrada ${found.entry} tiene datos personales que no se sellaron con ella`,
        en: `entry ${found.entry} has personal data that was not sealed with it`,
      };
    case 'personal-removed':
      return {
        es: `los datos personales de la entrada ${found.entry} fueron borrados sin que se eliminara a la persona`,
        en: `the personal data of entry ${found.entry} was removed without an erasure of the person`,
      };
    case 'personal-left':
      return {
        es: `la persona ${found.contact} fue eliminada y la entrada ${found.entry} aún tiene sus datos`,
        en: `person ${found.contact} was erased and entry ${found.entry} still has their data`,
      };
    default:
      return found satisfies never;
  }
}

export function differenceText(found: Difference): Text {
  switch (found.difference) {
    case 'row-missing':
      return {
        es: `${found.table} «${found.key}»: falta la fila, la bitácora dice que debe estar`,
        en: `${found.table} "${found.key}": the row is missing, the journal says it should be there`,
      };
    case 'row-extra':
      return {
        es: `${found.table} «${found.key}»: la fila está de más, la bitácora no sabe de ella`,
        en: `${found.table} "${found.key}": the row is extra, the journal knows nothing of it`,
      };
    case 'column': {
      const [derived, stored] = [JSON.stringify(found.derived), JSON.stringify(found.stored)];
      return {
        es: `${found.table} «${found.key}», ${found.column}: según la bitácora ${derived}, en la tabla ${stored}`,
        en: `${found.table} "${found.key}", ${found.column}: ${derived} by the journal, ${stored} in the table`,
      };
    }
    case 'not-applicable':
      return {
        es: `la entrada ${found.entry} no se puede aplicar: ${found.error}`,
        en: `entry ${found.entry} cannot be applied: ${found.error}`,
      };
    case 'not-derivable':
      return {
        es: `la tabla ${found.table} no se puede derivar de la bitácora: ${found.error}`,
        en: `the table ${found.table} cannot be derived from the journal: ${found.error}`,
      };
    default:
      return found satisfies never;
  }
}

export const verifyTexts = {
  usage: {
    es: 'pauta verify [--organization ID] [--json]',
    en: 'pauta verify [--organization ID] [--json]',
  },
  headFault: ({ file, line }: HeadFault): Text => ({
    es: `${file}:${line}: la línea no es la que se publicó`,
    en: `${file}:${line}: the line is not the one that was published`,
  }),
  noOrganization: (id: string): Text => ({
    es: `no hay ninguna organización ${id}`,
    en: `there is no organization ${id}`,
  }),
  pending: (count: number): Text => ({
    es: `la base de datos es de una versión anterior (${count} migraciones pendientes): inicie el programa una vez y repita`,
    en: `the database is of an earlier version (${count} migrations pending): start the program once and repeat`,
  }),
  couldNotRun: (reason: string): Text => ({
    es: `no se pudo verificar: ${reason}`,
    en: `could not verify: ${reason}`,
  }),
  journal: (entries: number, seals: number, head: string, published: number): Text => ({
    es: `  ${entries} entradas, ${seals} sellos; último sello ${head}; publicado fuera de la base hasta el ${published}`,
    en: `  ${entries} entries, ${seals} seals; last seal ${head}; published outside the database up to ${published}`,
  }),
  tail: (count: number, seconds: string): Text => ({
    es: `  ${count} entradas esperan su sello, la más antigua desde hace ${seconds} s`,
    en: `  ${count} entries wait for their seal, the oldest for ${seconds} s`,
  }),
  tables: (count: number, rows: number): Text => ({
    es: `  ${count} tablas comparadas con la bitácora, ${rows} filas`,
    en: `  ${count} tables compared with the journal, ${rows} rows`,
  }),
  more: (count: number): Text => ({
    es: `  … y ${count} más (--json los da todos)`,
    en: `  … and ${count} more (--json gives all)`,
  }),
  clean: (organizations: number): Text => ({
    es: `Todo concuerda (organizaciones: ${organizations}).`,
    en: `Everything agrees (organizations: ${organizations}).`,
  }),
  faults: (count: number): Text => ({ es: `Hallazgos: ${count}.`, en: `Findings: ${count}.` }),
};
