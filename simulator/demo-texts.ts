import type { TerminalLanguage } from '../src/platform/startup-fault.ts';
import type { Role } from '../src/staff/index.ts';

export interface DemoTexts {
  readonly screens: string;
  readonly database: string;
  readonly history: (percent: number) => string;
  readonly ready: (name: string, address: string) => string;
  readonly anyHour: string;
  readonly users: string;
  readonly otherAdvisors: (emails: string) => string;
  readonly key: string;
  readonly curl: string;
  readonly again: string;
  readonly stop: string;
  readonly stopping: string;
  readonly roles: Readonly<Partial<Record<Role, string>>>;
}

/** What the demo says at the terminal. */
export const demoTexts: Readonly<Record<TerminalLanguage, DemoTexts>> = {
  es: {
    screens: 'Preparando las pantallas…',
    database: 'Preparando la base de datos…',
    history: (percent) => `Viviendo un mes y días de la organización de muestra: ${percent} %`,
    ready: (name, address) => `${name} está trabajando en ${address}`,
    anyHour:
      'Organización inventada. Desde hoy asigna leads a cualquier hora (lectura hours.outside); antes, los de la noche esperaban a las 08:00.',
    users: 'Usuarios:',
    otherAdvisors: (emails) =>
      `Los demás asesores entran con la misma contraseña que el primero:\n  ${emails}`,
    key: 'Clave de API:',
    curl: 'Para meter un lead, pegue esto en otra terminal:',
    again: '(Pegado otra vez es la misma persona: va con quien ya la tiene.)',
    stop: 'Ctrl-C detiene todo. Otro arranque encuentra los datos.',
    stopping: 'Deteniendo…',
    roles: {
      administrator: 'administrador',
      system: 'sistemas',
      direction: 'dirección',
      director: 'director de zona',
      manager: 'gerente',
      advisor: 'asesor',
      kam: 'KAM',
      marketing: 'mercadotecnia',
      control: 'Área de Control',
      support: 'soporte interno',
    },
  },
  en: {
    screens: 'Preparing the screens…',
    database: 'Preparing the database…',
    history: (percent) => `Living a month and some days of the sample organization: ${percent} %`,
    ready: (name, address) => `${name} is at work at ${address}`,
    anyHour:
      'An invented organization. From today it gives leads at any hour (reading hours.outside); before, those of the night waited for 08:00.',
    users: 'Users:',
    otherAdvisors: (emails) => `The other advisors sign in with the password of the first:\n  ${emails}`,
    key: 'API key:',
    curl: 'To put in a lead, paste this into another terminal:',
    again: '(Pasted again it is the same person: it goes to whoever has them.)',
    stop: 'Ctrl-C stops everything. Another start finds the data.',
    stopping: 'Stopping…',
    roles: {
      administrator: 'administrator',
      system: 'system',
      direction: 'direction',
      director: 'zone director',
      manager: 'manager',
      advisor: 'advisor',
      kam: 'KAM',
      marketing: 'marketing',
      control: 'control area',
      support: 'internal support',
    },
  },
};
