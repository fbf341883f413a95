/** The floor of floor.ts with its screens, for journeys in the browser. */
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';

import { buildWeb } from '../../web/build.ts';
import { findChromium } from '../chromium.ts';
import { emailOf, openFloor, PASSWORD, PLACES, type Floor, type FloorOptions } from './floor.ts';

export interface Journey extends Floor {
  readonly address: string;
  /** A browser of its own with that person signed in, on a phone or a laptop. */
  signedIn(person: string, view?: View): Promise<Page>;
  /** The page of nobody yet. */
  open(path: string, view?: View): Promise<Page>;
}

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'es-MX' | 'es-CO' | 'en';
  readonly scheme?: 'light' | 'dark';
}

export const PHONE: View = { width: 390, height: 844 };
export const LAPTOP: View = { width: 1366, height: 768 };
/** The longest any one step may take on two cores; a step that never comes fails its test soon. */
const STEP_MILLISECONDS_MAX = 10_000;
/** Narrower than this counts as a phone: touch, and no hover. */
const PHONE_PIXELS_MAX = 600;

export async function openJourney(options: FloorOptions = {}): Promise<Journey> {
  await buildWeb({ ifStale: true });
  const place = PLACES[options.country ?? 'MX'];
  const floor = await openFloor(options);
  const browser = await openBrowser();
  const { address } = floor.program;
  const open = async (path: string, view: View = LAPTOP): Promise<Page> => {
    const { width = 1366, height = 768, language, scheme = 'light' } = view;
    const context = await browser.newContext({
      viewport: { width, height },
      locale: language ?? place.locale,
      timezoneId: place.zone,
      colorScheme: scheme,
      reducedMotion: 'reduce',
      ...(width < PHONE_PIXELS_MAX ? { hasTouch: true, isMobile: true } : {}),
    });
    if (language !== undefined)
      await context.addInitScript(`localStorage.setItem('pauta.language', '${language}')`);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MILLISECONDS_MAX);
    await page.goto(`${address}${path}`);
    return page;
  };
  return {
    ...floor,
    address,
    open,
    signedIn: async (person, view) => {
      const page = await open('/sign-in', view);
      await page.locator('input[type="email"]').fill(emailOf(person));
      await page.locator('input[type="password"]').fill(PASSWORD);
      await page.locator('button[type="submit"]').click();
      await page.locator('#content').waitFor();
      return page;
    },
    stop: async () => {
      await browser.close();
      await floor.stop();
    },
  };
}

async function openBrowser(): Promise<Browser> {
  const found = findChromium();
  if (found === null) throw new Error('no Chromium: run npm test, which gets it');
  return chromium.launch({ ...found, env: { ...found.env }, args: [...found.args] });
}

/** What axe finds serious or critical on the page, one line each; empty when all is well. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
