import type { Instant } from '../platform/time.ts';

/** What a statement is about. `all` covers every way of contacting. */
export type ConsentScope = 'calls' | 'messages' | 'email' | 'all';

/** One statement by the person, kept as received and never changed; the latest that covers a scope holds. */
export interface ConsentRecord {
  readonly kind: 'given' | 'withdrawn';
  readonly scope: ConsentScope;
  readonly at: Instant;
  /** The words the person saw and accepted, or wrote. */
  readonly text: string;
  /** Where it was said: a form, a call, a WhatsApp message. */
  readonly origin: string;
}

export interface OptOut {
  readonly scope: ConsentScope;
  /** The words that say so, folded. */
  readonly words: string;
  /** They also ask for their data to be removed. */
  readonly erasure?: true;
}

/** The statement that holds now for a scope: the latest about it or about all; null when the person said nothing. */
export function consentInForce(records: readonly ConsentRecord[], scope: ConsentScope): ConsentRecord | null {
  const about = records.filter((each) => each.scope === scope || each.scope === 'all');
  const latest = about.toSorted((a, b) => {
    if (a.at !== b.at) return a.at < b.at ? 1 : -1;
    // Said in one instant: the refusal holds.
    return Number(b.kind === 'withdrawn') - Number(a.kind === 'withdrawn');
  });
  return latest[0] ?? null;
}

/** An opt-out is short; a long text is read this far. */
const OPT_OUT_CHARACTERS_MAX = 2_000;

/** "baja", "stop" and the like count as the whole message, with nothing but courtesy around. "Cancelar" does not: it may be an appointment. */
const WHOLE =
  /^(?:(?:la |mi )?baja(?: definitiva| inmediata| ya)?|stop(?: all)?|stopall|alto|parar|unsubscribe|opt ?out|quit|end|desuscribir(?:me)?|no molestar|no molesten|ya no quiero(?: nada| mas)?|no quiero(?: ya)? nada(?: mas)?|basta)$/u;

const COURTESY =
  /\b(?:por favor|porfavor|porfa|pf|muchas gracias|gracias|hola|buen[oa]s? (?:dias?|tardes?|noches?)|buen dia|please|thanks|thank you|ok|senorita|senor|amigos?)\b/gu;

/** "No me llamen antes de las cinco" is an hour, not a refusal. */
const NOT_A_TIME =
  '(?! (?:antes|despues|hoy|ahorita|ahora|hasta|entre|mientras|manana|esta (?:semana|tarde|noche|hora)|a esta hora|en (?:la|las|este)|por (?:la|las)|la atencion|tan |el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|before|after|until|today|tomorrow|right now|between|at ))';

const CALL =
  '(?:llam(?:en|es|e|ar|ando)|marqu(?:en|es|e)|marcar|marcando|telefone(?:en|es|e|ar)|habl(?:en|es|e|ar|ando)(?! de))';
const WRITE =
  '(?:escrib(?:an|as|a|ir|iendo)|mand(?:en|es|e|ar|ando)|envi(?:en|es|e|ar|ando)|texte(?:en|es|e|ar)|whats\\w*)';
const REACH =
  '(?:contact(?:en|es|e|ar|ando)|molest(?:en|es|e|ar|ando)|busqu(?:en|es|e)|insist(?:an|as|a|ir|iendo))';

interface Phrase {
  readonly scope: ConsentScope;
  readonly pattern: RegExp;
  readonly erasure?: true;
}

const PHRASES: readonly Phrase[] = [
  { scope: 'all', pattern: /\b(?:borr|elimin|suprim)(?:en|e|ar|a)(?:me)?(?: todos)? mis datos\b/u, erasure: true },
  { scope: 'all', pattern: /\b(?:delete|erase|remove) (?:all )?my (?:data|information|number)\b/u, erasure: true },
  { scope: 'all', pattern: /\b(?:quit|sac|borr|elimin)(?:e|ar|a)?(?:n)?(?:me)? (?:mi (?:numero|telefono|correo|contacto)|de (?:su|sus|la|las|esta|tu) (?:lista|listas|base|bases))\b/u },
  { scope: 'all', pattern: /\b(?:darme|denme|deme|dame|darnos|dennos|me (?:den|des|de|dan|puedes? dar|pueden dar|podrias? dar|podrian dar)) de baja\b(?! (?:del|de el|el|mi) (?:plan|servicio|contrato|paquete|seguro|linea))/u },
  { scope: 'all', pattern: /\bd(?:ar|en|e) de baja (?:mi (?:numero|telefono|correo|celular|contacto)|mis datos)\b/u },
  { scope: 'all', pattern: /\b(?:quiero|deseo|solicito|pido|exijo) (?:la |mi )?baja(?:$| (?:de|del) (?:la |su |esta )?(?:lista|base|publicidad|mensajes|promociones|correo))/u },
  { scope: 'all', pattern: /^baja (?:de|del) (?:la |su |esta )?(?:lista|base|publicidad|mensajes|promociones|correo|mi numero)/u },
  { scope: 'all', pattern: /\bno (?:autorizo|(?:les? )?doy (?:mi )?(?:autorizacion|consentimiento|permiso))\b|\brevoco (?:mi |la |el )?(?:autorizacion|consentimiento)\b/u },
  { scope: 'all', pattern: /\btake me off\b|\bremove me\b|\bunsubscribe me\b/u },
  { scope: 'calls', pattern: new RegExp(`\\bno (?:me|nos) (?:vuelvan? a |vuelvas a |esten? |sigan? )?${CALL}\\b${NOT_A_TIME}`, 'u') },
  { scope: 'messages', pattern: new RegExp(`\\bno (?:me|nos) (?:vuelvan? a |vuelvas a |esten? |sigan? )?${WRITE}\\b(?: (?:mas|nada|publicidad|promociones|mensajes|whats\\w*|correos?)\\b|$)`, 'u') },
  { scope: 'all', pattern: new RegExp(`\\bno (?:me|nos) (?:vuelvan? a |vuelvas a |esten? |sigan? )?${REACH}\\b${NOT_A_TIME}`, 'u') },
  { scope: 'calls', pattern: new RegExp(`\\b(?:dejen?|deja|dejar|paren?|para) de ${CALL}(?:me|nos)?\\b`, 'u') },
  { scope: 'messages', pattern: new RegExp(`\\b(?:dejen?|deja|dejar|paren?|para) de ${WRITE}(?:me|nos)?\\b`, 'u') },
  { scope: 'all', pattern: new RegExp(`\\b(?:dejen?|deja|dejar|paren?|para) de ${REACH}(?:me|nos)?\\b`, 'u') },
  { scope: 'calls', pattern: new RegExp(`\\bno quiero (?:que (?:me|nos) ${CALL}\\b${NOT_A_TIME}|(?:recibir )?(?:mas )?llamadas)`, 'u') },
  { scope: 'email', pattern: /\bno quiero (?:recibir )?(?:mas )?(?:correos|e ?mails?)\b|\bno me (?:envien|manden) (?:mas )?correos?\b/u },
  { scope: 'messages', pattern: new RegExp(`\\bno quiero (?:que (?:me|nos) ${WRITE}\\b|(?:recibir )?(?:mas |sus )?(?:mensajes|publicidad|promociones|whats\\w*))`, 'u') },
  { scope: 'all', pattern: new RegExp(`\\bno quiero (?:que (?:me|nos) ${REACH}\\b${NOT_A_TIME}|recibir (?:mas )?(?:informacion|nada)|saber (?:mas |nada )?de ustedes)`, 'u') },
  { scope: 'calls', pattern: new RegExp(`\\b(?:do not|dont|stop|quit) (?:call|calling|phoning|phone)(?: me\\b|(?! me\\b))${NOT_A_TIME}`, 'u') },
  { scope: 'messages', pattern: new RegExp(`\\b(?:do not|dont|stop|quit) (?:text|texting|message|messaging|write|writing|sending)(?: me\\b|(?! me\\b))${NOT_A_TIME}`, 'u') },
  { scope: 'email', pattern: /\b(?:do not|dont|stop) e ?mail(?:ing)?(?: me)?\b/u },
  { scope: 'all', pattern: new RegExp(`\\b(?:do not|dont|stop) contact(?:ing)?(?: me\\b|(?! me\\b))${NOT_A_TIME}`, 'u') },
  { scope: 'all', pattern: /^stop (?:all|it|now|ya|todo|mensajes|llamadas)\b/u },
]; // prettier-ignore

/** "¿Por qué no me llaman?" complains of too little, not of too much. */
const OPEN_QUESTION = /^(?:y )?(?:por ?que|cuando|como|donde|cuanto)\b/u;

/**
 * Takes an inbound message; says whether it forbids contact, and which. A word alone counts when it is the first thing said and no question
 * ("baja el precio?" is none); a phrase counts wherever it stands and also as a polite question ("¿me dan de baja?").
 */
export function readOptOut(text: string): OptOut | null {
  const sentences = text
    .slice(0, OPT_OUT_CHARACTERS_MAX)
    .split(/(?<=[.!?;\n])/u)
    .map((each) => ({ said: withoutCourtesy(each), asked: /[?¿]/u.test(each) }))
    .filter(({ said }) => said !== '');
  const first = sentences.find(({ asked }) => !asked);
  if (first !== undefined && WHOLE.test(first.said)) return { scope: 'all', words: first.said };
  for (const { said, asked } of sentences) {
    if (asked && OPEN_QUESTION.test(said)) continue;
    const phrase = PHRASES.find((each) => each.pattern.test(said));
    const words = phrase?.pattern.exec(said)?.[0].trim();
    if (phrase === undefined || words === undefined) continue;
    return { scope: phrase.scope, words, ...(phrase.erasure ? { erasure: true as const } : {}) };
  }
  return null;
}

function withoutCourtesy(sentence: string): string {
  return fold(sentence).replace(COURTESY, ' ').replace(/\s+/gu, ' ').trim();
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}'’´`]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
