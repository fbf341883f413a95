import type { FaultText } from './startup-fault.ts';

/** What each setting must look like, said to whoever set it wrongly. */
export const expectedTexts = {
  PORT: {
    es: 'un número de puerto de 0 a 65535 (por omisión 8080; 0 elige uno libre)',
    en: 'a port number from 0 to 65535 (8080 if not given; 0 chooses a free one)',
  },
  HOST: {
    es: 'una dirección o nombre en el que escuchar, como 127.0.0.1 o 0.0.0.0',
    en: 'an address or name to listen on, such as 127.0.0.1 or 0.0.0.0',
  },
  PAUTA_DATA: {
    es: 'una carpeta donde guardar los datos, como ./data',
    en: 'a folder to keep the data in, such as ./data',
  },
  DATABASE_URL: {
    es: 'una dirección como postgres://usuario:contraseña@servidor:5432/base',
    en: 'an address such as postgres://user:password@server:5432/database',
  },
  PAUTA_PUBLIC_URL: {
    es: 'la dirección con que la gente abre el sistema, sin ruta, como https://pauta.example.com',
    en: 'the address at which people open the system, without a path, such as https://pauta.example.com',
  },
  PAUTA_LOG_LEVEL: { es: 'debug, info, warn o error', en: 'debug, info, warn or error' },
  PAUTA_LANGUAGE: { es: 'es-MX, es-CO o en', en: 'es-MX, es-CO or en' },
  PAUTA_SECRET: {
    es: 'al menos 32 caracteres al azar; el mismo en todos los procesos',
    en: 'at least 32 random characters; the same in every process',
  },
  '--only': {
    es: 'una o varias partes: web, clock, dialer (--only web,clock)',
    en: 'one or several parts: web, clock, dialer (--only web,clock)',
  },
} satisfies Record<string, FaultText>;

export type SettingName = keyof typeof expectedTexts;

export const faultTexts = {
  heading: { es: 'La configuración tiene errores:', en: 'The configuration has faults:' },
  expected: { es: 'se espera', en: 'expected' },
  hidden: { es: '(no se muestra)', en: '(not shown)' },
  unknownSetting: { es: 'no existe; los que hay:', en: 'does not exist; there are:' },
} satisfies Record<string, FaultText>;
