import { chance, pick, type Random } from './random.ts';

/** Invented people. Each name alone is common; nobody is meant. */
const WOMEN = [
  'María',
  'Guadalupe',
  'Verónica',
  'Leticia',
  'Adriana',
  'Alejandra',
  'Patricia',
  'Gabriela',
  'Daniela',
  'Fernanda',
  'Ximena',
  'Lucía',
  'Regina',
  'Valentina',
  'Sofía',
  'Renata',
  'Mariana',
  'Paola',
  'Silvia',
  'Rocío',
  'Beatriz',
  'Inés',
  'Yolanda',
  'Carolina',
  'Ángela',
  'Mónica',
  'Itzel',
  'Natalia',
  'Irene',
  'Elena',
] as const;
const MEN = [
  'José',
  'Luis',
  'Carlos',
  'Juan',
  'Jorge',
  'Miguel',
  'Ángel',
  'Raúl',
  'Héctor',
  'Óscar',
  'Andrés',
  'Sebastián',
  'Emiliano',
  'Rodrigo',
  'Santiago',
  'Diego',
  'Tomás',
  'Mateo',
  'Ramón',
  'Ignacio',
  'Gerardo',
  'Ernesto',
  'Víctor',
  'Fabián',
  'Nicolás',
  'Julián',
  'Esteban',
  'Adrián',
  'Hugo',
  'Iván',
] as const;
const SURNAMES = [
  'Hernández',
  'García',
  'Martínez',
  'López',
  'González',
  'Pérez',
  'Rodríguez',
  'Sánchez',
  'Ramírez',
  'Cruz',
  'Flores',
  'Gómez',
  'Morales',
  'Vázquez',
  'Jiménez',
  'Reyes',
  'Díaz',
  'Torres',
  'Gutiérrez',
  'Ruiz',
  'Mendoza',
  'Aguilar',
  'Ortiz',
  'Moreno',
  'Castillo',
  'Romero',
  'Álvarez',
  'Méndez',
  'Chávez',
  'Rivera',
  'Juárez',
  'Domínguez',
  'Herrera',
  'Medina',
  'Castro',
  'Vargas',
  'Guzmán',
  'Velázquez',
  'Rojas',
  'Contreras',
  'Salazar',
  'Luna',
  'Ortega',
  'Ríos',
  'Peña',
  'Núñez',
  'Cabrera',
  'Ibáñez',
  'Quintero',
  'Zúñiga',
  'Ávila',
  'Solís',
  'Cárdenas',
  'Bautista',
  'Montes',
] as const;

export interface PersonName {
  readonly given: string;
  readonly surnames: readonly [string, string];
}

/** One or two given names and two surnames, as in Mexico and Colombia. */
export function personName(random: Random): PersonName {
  const names = chance(random, 0.5) ? WOMEN : MEN;
  const first = pick(random, names);
  const second = chance(random, 0.3) ? pick(random, names) : first;
  return {
    given: second === first ? first : `${first} ${second}`,
    surnames: [pick(random, SURNAMES), pick(random, SURNAMES)],
  };
}

export function fullName({ given, surnames }: PersonName): string {
  return `${given} ${surnames.join(' ')}`;
}

/** Given name and first surname: how colleagues are named. */
export function shortName({ given, surnames }: PersonName): string {
  return `${given.split(' ')[0] ?? given} ${surnames[0]}`;
}

export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
