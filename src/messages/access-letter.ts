import type { EmailContent } from './channel.ts';
import { layOutEmail } from './email-layout.ts';
import type { NoticeLanguage } from './notices.ts';

/** A link that lets a person in, or lets them choose another password. */
export interface AccessLetter {
  readonly kind: 'invitation' | 'password-reset';
  readonly name: string;
  readonly organization: string;
  readonly link: string;
  /** Until when the link is good, as the reader writes it. */
  readonly until: string;
  readonly language: NoticeLanguage;
}

interface Words {
  readonly subject: string;
  readonly text: string;
  readonly button: string;
  readonly footer: string;
}

const CATALOG: Readonly<Record<NoticeLanguage, Readonly<Record<AccessLetter['kind'], Words>>>> = {
  'es-MX': {
    invitation: {
      subject: 'Tu acceso a Pauta en {organization}',
      text: 'Hola, {name}:\n\n{organization} te invita a entrar a Pauta. Elige tu contraseña con este enlace; sirve una vez y hasta el {until}.',
      button: 'Entrar',
      footer: 'Si no esperabas esta invitación, ignora este correo.',
    },
    'password-reset': {
      subject: 'Cambia tu contraseña de Pauta',
      text: 'Hola, {name}:\n\nAlguien, quizá tú, pidió cambiar tu contraseña. Hazlo con este enlace; sirve una vez y hasta el {until}.',
      button: 'Elegir otra contraseña',
      footer: 'Si no lo pediste, ignora este correo: tu contraseña sigue igual.',
    },
  },
  'es-CO': {
    invitation: {
      subject: 'Su acceso a Pauta en {organization}',
      text: 'Hola, {name}:\n\n{organization} le invita a entrar a Pauta. Elija su contraseña con este enlace; sirve una vez y hasta el {until}.',
      button: 'Entrar',
      footer: 'Si no esperaba esta invitación, ignore este correo.',
    },
    'password-reset': {
      subject: 'Cambie su contraseña de Pauta',
      text: 'Hola, {name}:\n\nAlguien, quizá usted, pidió cambiar su contraseña. Hágalo con este enlace; sirve una vez y hasta el {until}.',
      button: 'Elegir otra contraseña',
      footer: 'Si no lo pidió, ignore este correo: su contraseña sigue igual.',
    },
  },
  en: {
    invitation: {
      subject: 'Your access to Pauta at {organization}',
      text: 'Hello {name},\n\n{organization} invites you to Pauta. Choose your password with this link; it is good once and until {until}.',
      button: 'Get in',
      footer: 'If you did not expect this invitation, ignore this message.',
    },
    'password-reset': {
      subject: 'Change your Pauta password',
      text: 'Hello {name},\n\nSomebody, perhaps you, asked to change your password. Do it with this link; it is good once and until {until}.',
      button: 'Choose another password',
      footer: 'If you did not ask for it, ignore this message: your password stays as it is.',
    },
  },
};

/** The letter in the organization's language. */
export function accessEmail(letter: AccessLetter): EmailContent {
  const words = CATALOG[letter.language][letter.kind];
  const fillings = { name: letter.name, organization: letter.organization, until: letter.until };
  const subject = filled(words.subject, fillings);
  const laidOut = layOutEmail({
    organization: letter.organization,
    language: letter.language,
    title: subject,
    text: filled(words.text, fillings),
    button: { label: words.button, url: letter.link },
    footer: words.footer,
  });
  return { kind: 'email', subject, ...laidOut };
}

function filled(text: string, fillings: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => fillings[name] ?? '');
}
