/**
 * The time zone a phone's area suggests. A ported mobile may live elsewhere: a postal code or state on file wins.
 *
 * Source of area → state: the Mexican numbering plan as filed with the ITU (T0202 8A), as listed in libphonenumber's geocoding data for 52.
 * Source of state → zone: Ley de los Husos Horarios en los Estados Unidos Mexicanos, 28 October 2022: no summer time except in the
 * northern border municipalities and Baja California; Chihuahua went to central time; Quintana Roo (since 2015) and Sonora have their own.
 */
const CENTRAL = 'America/Mexico_City';

const MEXICAN_AREAS: Readonly<Record<string, readonly string[]>> = {
  // Baja California: Pacific with the summer time of the United States.
  'America/Tijuana': ['616', '646', '658', '661', '663', '664', '665', '666', '686'],
  // Sonora: no summer time, one hour behind central.
  'America/Hermosillo': [
    '622', '623', '631', '632', '633', '634', '637', '638', '641', '642', '643', '644', '645', '647', '651', '662',
  ],
  // Sinaloa, Baja California Sur and Nayarit.
  'America/Mazatlan': [
    '612', '613', '624',
    '660', '667', '668', '669', '672', '673', '687', '694', '695', '696', '697', '698',
    '311', '319', '323', '324', '325', '389',
  ],
  'America/Cancun': ['983', '984', '987', '998'],
  // Chihuahua is on central time since 2022, without summer time.
  'America/Chihuahua': ['614', '621', '625', '627', '628', '629', '635', '639', '648', '652', '659'],
  'America/Ciudad_Juarez': ['656', '657'],
  'America/Ojinaga': ['626'],
  // Border of Coahuila and Tamaulipas: central with the summer time of the United States.
  'America/Matamoros': ['867', '868', '877', '878', '894', '897', '899'],
  // Durango keeps central time; listed because the other 6xx areas do not.
  [CENTRAL]: ['618', '671', '674', '675', '676', '677'],
}; // prettier-ignore

/**
 * Areas that lie in two zones, or on both sides of the line where the border's summer time ends: 653 San Luis Río Colorado and the Mexicali
 * valley, 615 both Baja Californias, 636 Nuevo Casas Grandes and Ascensión, 649 Chihuahua and Durango highlands, 862 Nava and inland, 873 Anáhuac
 * and inland, 891 Mier and inland, 892 inland and border, 327 and 329 Compostela and Bahía de Banderas, 997 Yucatán and José María Morelos.
 */
const TWO_ZONES: ReadonlySet<string> = new Set([
  '327', '329', '615', '636', '649', '653', '862', '873', '891', '892', '997',
]); // prettier-ignore

const ZONE_OF_AREA: ReadonlyMap<string, string> = new Map(
  Object.entries(MEXICAN_AREAS).flatMap(([zone, areas]) => areas.map((area) => [area, zone] as const)),
);

/** Takes E.164; gives an IANA zone, or null where the number does not tell: areas in two zones, unknown areas, toll-free, other countries. */
export function zoneOfPhone(e164: string): string | null {
  if (/^\+57(?:3|60)\d+$/u.test(e164)) return 'America/Bogota';
  const mexican = /^\+52(\d{3})\d{7}$/u.exec(e164);
  const area = mexican?.[1];
  if (area === undefined || TWO_ZONES.has(area)) return null;
  const listed = ZONE_OF_AREA.get(area);
  if (listed !== undefined) return listed;
  // Every area not listed and not beginning with 6 (the north-west) is central; 800 and 900 belong to no place.
  return /^(?:6|[89]00)/u.test(area) ? null : CENTRAL;
}
