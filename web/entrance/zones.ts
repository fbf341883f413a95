import type { WordId } from '../words.ts';

/** The zones a center of each country may work in; the first is most people's. */
export const ZONES: Record<'MX' | 'CO', readonly { zone: string; word: WordId }[]> = {
  MX: [
    { zone: 'America/Mexico_City', word: 'entrance.zone.mexico-city' },
    { zone: 'America/Monterrey', word: 'entrance.zone.monterrey' },
    { zone: 'America/Merida', word: 'entrance.zone.merida' },
    { zone: 'America/Cancun', word: 'entrance.zone.cancun' },
    { zone: 'America/Chihuahua', word: 'entrance.zone.chihuahua' },
    { zone: 'America/Mazatlan', word: 'entrance.zone.mazatlan' },
    { zone: 'America/Hermosillo', word: 'entrance.zone.hermosillo' },
    { zone: 'America/Tijuana', word: 'entrance.zone.tijuana' },
    { zone: 'America/Ciudad_Juarez', word: 'entrance.zone.ciudad-juarez' },
    { zone: 'America/Ojinaga', word: 'entrance.zone.ojinaga' },
    { zone: 'America/Matamoros', word: 'entrance.zone.matamoros' },
    { zone: 'America/Bahia_Banderas', word: 'entrance.zone.bahia-banderas' },
  ],
  CO: [{ zone: 'America/Bogota', word: 'entrance.zone.bogota' }],
};
