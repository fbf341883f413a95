import type { Fault, Told } from '../platform/fault.ts';

/**
 * Every reason a body, row or form from a source is not a lead, with what to do about it. `{field}` and `{value}` are
 * filled in. Gathered by the product's error catalog.
 */
export const SOURCE_FAULTS = {
  'not-an-object': {
    message: { es: 'El cuerpo no es un objeto JSON.', en: 'The body is not a JSON object.' },
    remedy: {
      es: 'Envíe un objeto JSON con los datos del lead y Content-Type: application/json.',
      en: 'Send one JSON object with the lead and Content-Type: application/json.',
    },
  },
  'row-forgotten': {
    message: { es: 'Los datos de esta fila se borraron.', en: 'The data of this row were erased.' },
    remedy: {
      es: 'Se borran al pasar el plazo de conservación, o cuando la persona lo pide.',
      en: 'They are erased when the time to keep them is over, or when the person asks for it.',
    },
  },
  'not-readable': {
    message: { es: 'El cuerpo no se puede leer ({value}).', en: 'The body cannot be read ({value}).' },
    remedy: {
      es: 'Envíe JSON completo en UTF-8, de a lo sumo 1 MB y 64 niveles.',
      en: 'Send complete JSON in UTF-8, at most 1 MB and 64 levels deep.',
    },
  },
  'no-way-to-reach': {
    message: {
      es: 'El lead no trae ningún teléfono ni correo al que se pueda escribir o llamar.',
      en: 'The lead has no phone and no e-mail by which the person can be reached.',
    },
    remedy: {
      es: 'Envíe al menos un teléfono de 7 a 20 dígitos o un correo con la forma nombre@dominio.',
      en: 'Send at least one phone of 7 to 20 digits or an e-mail of the form name@domain.',
    },
  },
  'wrong-type': {
    message: {
      es: 'El campo «{field}» no tiene la forma esperada.',
      en: 'Field "{field}" is not of the expected kind.',
    },
    remedy: { es: 'Se espera: {value}.', en: 'Expected: {value}.' },
  },
  'too-long': {
    message: { es: 'El campo «{field}» es demasiado largo.', en: 'Field "{field}" is too long.' },
    remedy: { es: 'Envíe a lo sumo {value}.', en: 'Send at most {value}.' },
  },
  'source-missing': {
    message: { es: 'Falta la fuente del lead.', en: 'The source of the lead is missing.' },
    remedy: {
      es: 'Envíe «source» con la clave de una fuente de la organización, o use una llave ligada a una fuente.',
      en: 'Send "source" with the key of one of the organization\'s sources, or use a key bound to a source.',
    },
  },
  'not-a-time': {
    message: {
      es: 'El campo «{field}» no es una fecha con hora.',
      en: 'Field "{field}" is not a date and time.',
    },
    remedy: {
      es: 'Escriba la fecha como 2026-07-15T09:18:39-06:00; en un archivo también 15/07/2026 09:18.',
      en: 'Write the date as 2026-07-15T09:18:39-06:00; in a file also 15/07/2026 09:18.',
    },
  },
  'bad-key': {
    message: { es: 'La clave del formulario no coincide.', en: 'The key of the form does not match.' },
    remedy: {
      es: 'Copie en el formulario de Google la clave que muestra Fuentes.',
      en: 'Copy the key shown in Sources into the Google form.',
    },
  },
  'not-a-notification': {
    message: { es: 'No es un aviso de formularios de Meta.', en: 'It is not a Meta lead notification.' },
    remedy: {
      es: 'Suscriba la página al campo «leadgen» y apunte el webhook a esta dirección.',
      en: 'Subscribe the page to the "leadgen" field and point the webhook to this address.',
    },
  },
  'lead-id-missing': {
    message: { es: 'El aviso no trae el id del lead.', en: 'The notification has no lead id.' },
    remedy: {
      es: 'Se conserva el cuerpo; el lead se recupera con la lectura del formulario.',
      en: 'The body is kept; the lead is recovered by reading the form again.',
    },
  },
  'no-such-source': {
    message: { es: 'No hay una fuente «{value}».', en: 'There is no source "{value}".' },
    remedy: {
      es: 'Cree la fuente en Fuentes, o envíe la clave de una que exista.',
      en: 'Make the source in Sources, or send the key of one that exists.',
    },
  },
  'source-disabled': {
    message: { es: 'La fuente «{value}» está apagada.', en: 'The source "{value}" is switched off.' },
    remedy: {
      es: 'Enciéndala en Fuentes y procese de nuevo lo que llegó.',
      en: 'Switch it on in Sources and process again what came.',
    },
  },
  'written-by-a-program': {
    message: {
      es: 'El formulario lo llenó un programa ({value}).',
      en: 'The form was filled in by a program ({value}).',
    },
    remedy: {
      es: 'Nada que hacer; si fue una persona, procéselo de nuevo.',
      en: 'Nothing to do; if it was a person, process it again.',
    },
  },
  'not-settled': {
    message: {
      es: 'No se pudo decidir tras {value} intentos.',
      en: 'It could not be decided in {value} tries.',
    },
    remedy: {
      es: 'Avise a quien administra el sistema y procéselo de nuevo.',
      en: 'Tell whoever runs the system and process it again.',
    },
  },
  'not-fetched': {
    message: {
      es: 'Meta no entregó el lead: {value}.',
      en: 'Meta did not give the lead: {value}.',
    },
    remedy: {
      es: 'Revise el acceso de la página en Fuentes y procéselo de nuevo.',
      en: "Check the page's access in Sources and process it again.",
    },
  },
  'unknown-advisor': {
    message: {
      es: 'La central nombra a «{value}» y nadie tiene ese nombre ni esa extensión.',
      en: 'The PBX names "{value}", and nobody has that name or extension.',
    },
    remedy: {
      es: 'Asigne la extensión en Fuentes y procese de nuevo la llamada.',
      en: 'Map the extension in Sources and process the call again.',
    },
  },
  'unknown-number': {
    message: {
      es: 'El número de la llamada no es de ningún lead.',
      en: "The call's number is no lead's.",
    },
    remedy: {
      es: 'Si es de un lead, agregue el teléfono y procese de nuevo la llamada.',
      en: "If it is a lead's, add the phone and process the call again.",
    },
  },
  'phone-unreadable': {
    message: {
      es: 'Ni el teléfono ni el correo se pueden usar: «{value}».',
      en: 'Neither phone nor e-mail can be used: "{value}".',
    },
    remedy: {
      es: 'Escriba el número completo, con lada o indicativo, y vuelva a subir la fila.',
      en: 'Write the whole number with its area code and upload the row again.',
    },
  },
  'row-unreadable': {
    message: { es: 'La fila no se puede leer ({value}).', en: 'The row cannot be read ({value}).' },
    remedy: {
      es: 'Revise comillas y separadores de la fila y súbala de nuevo.',
      en: 'Check the quotes and separators of the row and upload it again.',
    },
  },
  'holder-unknown': {
    message: { es: 'Nadie del personal es «{value}».', en: 'Nobody of the staff is "{value}".' },
    remedy: {
      es: 'Escriba el correo, el nombre completo o la clave del titular tal como está en Personas.',
      en: "Write the holder's e-mail, whole name or key as it stands in People.",
    },
  },
  'required-missing': {
    message: { es: 'Falta «{field}».', en: '"{field}" is missing.' },
    remedy: { es: 'Complete «{field}» y envíe de nuevo.', en: 'Fill in "{field}" and send again.' },
  },
  'consent-missing': {
    message: { es: 'Falta aceptar el aviso de privacidad.', en: 'The privacy notice has not been accepted.' },
    remedy: { es: 'Marque la casilla de aceptación y envíe de nuevo.', en: 'Tick the box and send again.' },
  },
  'phone-damaged': {
    message: {
      es: 'El teléfono «{value}» perdió dígitos en la hoja de cálculo.',
      en: 'The spreadsheet lost digits of phone "{value}".',
    },
    remedy: {
      es: 'Dé a la columna formato de texto en el origen, exporte otra vez y vuelva a subir la fila.',
      en: 'Format the column as text where it comes from, export again and upload the row again.',
    },
  },
  'holder-missing': {
    message: { es: 'La fila no dice quién es el titular.', en: 'The row does not say who holds the lead.' },
    remedy: {
      es: 'Escriba en «{field}» el correo o la clave del asesor titular.',
      en: 'Write the holder\'s e-mail or key in "{field}".',
    },
  },
  'registered-missing': {
    message: {
      es: 'La fila no trae la fecha de registro del lead.',
      en: 'The row has no registration date.',
    },
    remedy: {
      es: 'Escriba en «{field}» la fecha en que se registró el lead, por ejemplo 15/07/2026 09:18.',
      en: 'Write in "{field}" when the lead was registered, for example 15/07/2026 09:18.',
    },
  },
  'registered-in-future': {
    message: { es: 'La fecha de registro está en el futuro.', en: 'The registration date is in the future.' },
    remedy: {
      es: 'Revise la fecha y el orden de día y mes del archivo.',
      en: 'Check the date and whether the file writes the day or the month first.',
    },
  },
} as const satisfies Record<string, { message: Told; remedy: Told }>;

export type SourceFaultCode = keyof typeof SOURCE_FAULTS;

/** The fault with its words filled in. `field` is the sender's own name of the field. */
export function sourceFault(code: SourceFaultCode, field?: string, value = ''): Fault {
  const { message, remedy } = SOURCE_FAULTS[code];
  const told = ({ es, en }: Told): Told => ({ es: filled(es, field, value), en: filled(en, field, value) });
  return { code, ...(field === undefined ? {} : { field }), message: told(message), remedy: told(remedy) };
}

function filled(text: string, field = '', value = ''): string {
  return text.replaceAll('{field}', () => field).replaceAll('{value}', () => value);
}
