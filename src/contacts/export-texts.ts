import type { KeptBy } from './kept.ts';

/** The words of the file a person may ask for. */
export interface ExportTexts {
  readonly title: string;
  readonly made: string;
  readonly nothing: string;
  readonly sections: Readonly<Record<KeptBy['section'], string>>;
  /** Columns by the names they have in the data; one not named here keeps its own. */
  readonly columns: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
}

const es: ExportTexts = {
  title: 'Datos personales que conservamos',
  made: 'Generado el',
  nothing: 'Nada.',
  sections: {
    contacts: 'Persona: nombres, teléfonos, correos y autorizaciones',
    leads: 'Leads, como se recibieron',
    calls: 'Llamadas',
    messages: 'Avisos al equipo sobre la persona',
    holds: 'Restricciones de contacto',
    claims: 'Solicitudes de reasignación',
    journal: 'Bitácora: hechos, notas y decisiones con su cláusula',
  },
  columns: {
    at: 'Fecha',
    because: 'Porque',
    channel: 'Medio',
    consents: 'Autorizaciones',
    createdAt: 'Desde',
    direction: 'Sentido',
    emails: 'Correos',
    entry: 'Asiento',
    holder: 'Titular',
    message: 'Mensaje',
    name: 'Nombre',
    names: 'Nombres',
    personal: 'Palabras',
    phones: 'Teléfonos',
    receivedAt: 'Recibido',
    source: 'Fuente',
    startedAt: 'Inicio',
    status: 'Estado',
  },
  yes: 'sí',
  no: 'no',
};

const en: ExportTexts = {
  title: 'Personal data we keep',
  made: 'Made on',
  nothing: 'Nothing.',
  sections: {
    contacts: 'Person: names, phones, e-mails and consents',
    leads: 'Leads, as received',
    calls: 'Calls',
    messages: 'Notices to the staff about the person',
    holds: 'Limits on contact',
    claims: 'Claims',
    journal: 'Journal: facts, notes and decisions with their clause',
  },
  columns: {},
  yes: 'yes',
  no: 'no',
};

export const exportTexts = { es, en } as const;
