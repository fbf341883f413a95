import type { ErrorEntry } from '../platform/errors.ts';
import {
  PICTURE_MEGABYTES_MAX,
  PICTURE_MEGAPOINTS_MAX,
  type PictureFault,
} from '../platform/picture-limits.ts';

/** Why an image is not taken, as its error is called. */
export const imageRefusals: Readonly<Record<PictureFault, string>> = {
  empty: 'image-empty',
  'too-large': 'image-too-large',
  'not-a-picture': 'not-an-image',
  'a-document': 'image-is-a-document',
  'cut-short': 'image-cut-short',
  broken: 'image-broken',
  'too-many-points': 'image-too-many-points',
};

/** What a refused act on a claim says, and what to do. */
export const claimErrors: readonly ErrorEntry[] = [
  {
    code: 'no-such-claim',
    status: 404,
    es: 'Esa solicitud no existe o no es de las tuyas.',
    en: 'There is no such claim, or it is not yours to see.',
  },
  { code: 'no-such-image', status: 404, es: 'Esa imagen ya no está.', en: 'That image is no longer there.' },
  {
    code: 'image-empty',
    status: 422,
    es: 'La imagen llegó vacía. Elígela otra vez; si está en la nube, descárgala antes.',
    en: 'The image came empty. Choose it again; if it is in the cloud, download it first.',
  },
  {
    code: 'not-an-image',
    status: 422,
    es: 'Ese archivo no es una imagen. Sube una foto o captura (PNG, JPG, WebP, GIF o HEIC).',
    en: 'That file is no image. Upload a photo or screenshot (PNG, JPG, WebP, GIF or HEIC).',
  },
  {
    code: 'image-is-a-document',
    status: 422,
    es: 'Ese archivo es un documento, no una imagen. Sube una captura de la página donde se lee la fecha.',
    en: 'That file is a document, no image. Upload a screenshot of the page where the date is read.',
  },
  {
    code: 'image-cut-short',
    status: 422,
    es: 'La imagen llegó incompleta. Descárgala o captúrala de nuevo y vuelve a subirla.',
    en: 'The image came incomplete. Download or capture it again and upload it once more.',
  },
  {
    code: 'image-broken',
    status: 422,
    es: 'La imagen está dañada y no se puede abrir. Captúrala de nuevo y vuelve a subirla.',
    en: 'The image is damaged and cannot be opened. Capture it again and upload it once more.',
  },
  {
    code: 'image-too-large',
    status: 413,
    es: `La imagen pesa más de ${PICTURE_MEGABYTES_MAX} MB. Sube una más ligera, o una captura de ella.`,
    en: `The image is larger than ${PICTURE_MEGABYTES_MAX} MB. Upload a lighter one, or a screenshot of it.`,
  },
  {
    code: 'image-too-many-points',
    status: 422,
    es: `La imagen mide más de ${PICTURE_MEGAPOINTS_MAX} megapíxeles. Sube una captura de la parte donde se lee la fecha.`,
    en: `The image has more than ${PICTURE_MEGAPOINTS_MAX} megapixels. Upload a screenshot of the part where the date is read.`,
  },
  {
    code: 'nobody-has-them',
    status: 404,
    es: 'Nadie tiene a esa persona. Regístrala: es tuya.',
    en: 'Nobody has that person. Register them: they are yours.',
  },
  {
    code: 'nobody-holds',
    status: 409,
    es: 'Ese lead todavía no es de nadie; se asigna por turno.',
    en: 'Nobody holds that lead yet; it goes by turn.',
  },
  {
    code: 'no-claims-procedure',
    status: 409,
    es: 'No hay un procedimiento de reasignación en vigor.',
    en: 'No procedure for claims is in force.',
  },
  {
    code: 'claim-exists',
    status: 409,
    es: 'Esa solicitud ya está en curso.',
    en: 'That claim is under way already.',
  },
  {
    code: 'lead-under-claim',
    status: 409,
    es: 'Hay una solicitud abierta sobre esta persona: espera su resolución.',
    en: 'A claim on this person is open: wait for its ruling.',
  },
  {
    code: 'claim-waits',
    status: 409,
    es: 'Hay otra solicitud antes sobre la misma persona: primero se resuelve esa.',
    en: 'Another claim on the same person came before: it is ruled on first.',
  },
  {
    code: 'claim-returned',
    status: 409,
    es: 'La solicitud regresó por incompleta: espera a que la envíen completa.',
    en: 'The claim went back incomplete: wait for it to be sent whole.',
  },
  { code: 'claim-over', status: 409, es: 'Esa solicitud ya se cerró.', en: 'That claim is over.' },
  {
    code: 'not-requester',
    status: 403,
    es: 'Solo quien la pidió puede retirarla.',
    en: 'Only who asked for it may withdraw it.',
  },
  {
    code: 'not-control',
    status: 403,
    es: 'Eso lo hace el Área de Control.',
    en: 'The control area does that.',
  },
  {
    code: 'status-not-asked',
    status: 409,
    es: 'Primero hay que pedir el estatus al titular.',
    en: 'The holder must be asked for the status first.',
  },
  { code: 'already-asked', status: 409, es: 'El estatus ya se pidió.', en: 'The status was asked already.' },
  {
    code: 'not-proposed',
    status: 409,
    es: 'Todavía no hay resolución propuesta: el titular tiene tiempo para sus pruebas.',
    en: 'No ruling is proposed yet: the holder still has time to show evidence.',
  },
  {
    code: 'already-proposed',
    status: 409,
    es: 'Ya hay resolución propuesta.',
    en: 'A ruling is proposed already.',
  },
  {
    code: 'already-ruled',
    status: 409,
    es: 'Esa solicitud ya se resolvió.',
    en: 'That claim was ruled on already.',
  },
  {
    code: 'evidence-late',
    status: 409,
    es: 'El plazo para mandar pruebas ya terminó.',
    en: 'The term for evidence is over.',
  },
  {
    code: 'not-a-party',
    status: 403,
    es: 'Eso es de las partes: quien pide y quien tiene el lead.',
    en: 'That is for the parties: who asks and who holds the lead.',
  },
  {
    code: 'holder-not-a-party',
    status: 422,
    es: 'El acuerdo deja el lead con una de las dos partes.',
    en: 'The agreement leaves the lead with one of the two parties.',
  },
  {
    code: 'holder-gone',
    status: 409,
    es: 'Esa persona ya no trabaja aquí y no puede quedarse con el lead.',
    en: 'That person no longer works here and cannot have the lead.',
  },
  {
    code: 'not-ruled',
    status: 409,
    es: 'Todavía no hay resolución que apelar.',
    en: 'There is no ruling to appeal yet.',
  },
  {
    code: 'already-appealed',
    status: 409,
    es: 'Ya se apeló: se apela una sola vez.',
    en: 'It was appealed already: once is all.',
  },
  {
    code: 'not-appealed',
    status: 409,
    es: 'Nadie apeló esa resolución.',
    en: 'Nobody appealed that ruling.',
  },
  {
    code: 'agreed',
    status: 409,
    es: 'Lo acordaron y firmaron las dos partes: no se apela.',
    en: 'Both parties agreed and signed: there is no appeal.',
  },
  {
    code: 'appeal-rank-too-low',
    status: 403,
    es: 'La apelación la ve alguien de mayor rango que quien resolvió.',
    en: 'Somebody of a higher rank than who ruled hears the appeal.',
  },
  {
    code: 'same-datum',
    status: 422,
    es: 'Ese dato ya está así: escribe el que debe quedar.',
    en: 'It reads so already: write what it should be.',
  },
  { code: 'bad-date', status: 422, es: 'Esa fecha no existe.', en: 'There is no such date.' },
];
