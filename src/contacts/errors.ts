import type { ErrorEntry } from '../platform/errors.ts';

/** Every no about people: recognizing, merging, consent, export, erasure. */
export const contactErrors: readonly ErrorEntry[] = [
  entry('no-such-contact', 404, 'Esta persona no está aquí.', 'This person is not here.'),
  entry('no-such-doubt', 404, 'Esta duda no existe.', 'There is no such doubt.'),
  entry(
    'already-settled',
    409,
    'Esta duda ya se resolvió así. Actualiza la lista.',
    'This doubt was already settled so. Refresh the list.',
  ),
  entry(
    'already-merged',
    409,
    'Ya son la misma persona. Sepáralas primero.',
    'They are one person already. Part them first.',
  ),
  entry(
    'not-of-this-doubt',
    400,
    'La persona por conservar no es ninguna de las dos.',
    'The one to keep is neither of the two.',
  ),
  entry('not-merged', 409, 'Esta persona no está unida a otra.', 'This person is not merged with another.'),
  entry(
    'merged-onward',
    409,
    'La persona a la que se unió se unió después a otra. Deshaz primero la unión más reciente.',
    'The one it was merged into was merged again later. Undo the latest merge first.',
  ),
  entry(
    'contact-erased',
    410,
    'La persona pidió borrar sus datos. Ya no se guarda nada de ella.',
    'This person had their data erased. Nothing more is kept about them.',
  ),
  entry('already-erased', 409, 'Sus datos ya se borraron.', 'Their data are erased already.'),
  entry(
    'person-erased',
    409,
    'Quien tiene este teléfono o correo pidió borrar sus datos. Regístrala solo con su nueva autorización.',
    'Whoever has this phone or e-mail had their data erased. Register them only with their own new consent.',
  ),
  entry(
    'claim-open',
    409,
    'Hay una solicitud de reasignación abierta. Borra los datos cuando el Área de Control resuelva.',
    'A claim is open. Erase the data once the control area has ruled.',
  ),
  entry(
    'proof-missing',
    400,
    'Falta la prueba: las palabras que la persona vio y aceptó, o escribió.',
    'The proof is missing: the words the person saw and accepted, or wrote.',
  ),
  entry(
    'consent-in-future',
    400,
    'La autorización no puede tener fecha futura.',
    'A consent cannot be dated in the future.',
  ),
  entry(
    'consent-not-later',
    409,
    'La autorización es anterior a su negativa. Hace falta una posterior.',
    'This consent is earlier than the refusal. A later one is needed.',
  ),
  entry(
    'search-too-short',
    400,
    'Escribe un nombre, un correo o al menos tres cifras.',
    'Type a name, an e-mail or at least three digits.',
  ),
];

function entry(code: string, status: number, es: string, en: string): ErrorEntry {
  return { code, status, es, en };
}
