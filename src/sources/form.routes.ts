import { z } from 'zod';

import { refuse, type HttpApp } from '../platform/http.ts';
import { bytesOf, FORM_POSTS_A_MINUTE, headersOf, limit, type RouteParts } from './caller.ts';
import { atDoor } from './hook.routes.ts';
import { formOf } from './read-body.ts';
import { allSources } from './sources.store.ts';
import { takeInAndSettle } from './take-in.ts';
import { FORM_PAGE_HEADERS, thanksAddress, thanksPage, webFormPage } from './web-form-page.ts';
import { formRateKey, stampOf, type WebForm } from './web-form.ts';

const params = z.object({ door: z.string().max(100) });

/** The embeddable form: one page without scripts, and what people send by it. */
export function formRoutes(app: HttpApp, parts: RouteParts): void {
  const formAt = async (organization: string, source: string): Promise<WebForm> => {
    const sources = await parts.database.inOrganization(organization, allSources);
    const found = sources.find(({ key, enabled }) => key === source && enabled);
    const form = found === undefined ? null : formOf(found);
    return form ?? refuse({ refused: 'not-found' });
  };
  app.get(
    '/form/:door',
    { config: { may: 'public', embeddable: true, foreignOrigin: true }, schema: { params, hide: true } },
    async (request, reply) => {
      const { organization, source } = await atDoor(parts, request, request.params.door);
      const form = await formAt(organization, source);
      const stamp = stampOf(form, parts.clock.now(), parts.keys.formSecret);
      return reply.headers(FORM_PAGE_HEADERS).send(webFormPage(form, { action: request.url, stamp }));
    },
  );
  app.post(
    '/form/:door',
    {
      config: { may: 'public', embeddable: true, foreignOrigin: true, body: 'raw' },
      schema: { params, hide: true },
    },
    async (request, reply) => {
      const { organization, source } = await atDoor(parts, request, request.params.door);
      const form = await formAt(organization, source);
      limit(parts, formRateKey(form, request.ip), FORM_POSTS_A_MINUTE);
      const query = request.url.split('?')[1] ?? '';
      const taken = await takeInAndSettle(parts, organization, {
        route: 'web-form',
        source,
        headers: { ...headersOf(request), query: query.slice(0, QUERY_CHARACTERS_MAX) },
        body: bytesOf(request),
      });
      if (!('taken' in taken)) {
        const { faults, values } = taken;
        const stamp = stampOf(form, parts.clock.now(), parts.keys.formSecret);
        const page = webFormPage(form, { action: request.url, stamp, faults, values });
        return reply.code(422).headers(FORM_PAGE_HEADERS).send(page);
      }
      // A program that filled the form in is thanked like anybody: it learns nothing.
      const elsewhere = thanksAddress(form);
      if (elsewhere !== null) return reply.redirect(elsewhere, 303);
      return reply.headers(FORM_PAGE_HEADERS).send(thanksPage(form));
    },
  );
}
const QUERY_CHARACTERS_MAX = 2_000;
