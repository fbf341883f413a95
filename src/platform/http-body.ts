import type { FastifyInstance, FastifyRequest } from 'fastify';

import { refuse } from './http-errors.ts';

/** A body larger than this is refused before it is read; a route that takes files names its own. */
export const BODY_BYTES_MAX = 1024 * 1024;
/** Deeper JSON than this comes from no honest sender, and makes whatever walks it by recursion run out of stack. */
export const JSON_LEVELS_MAX = 32;

/**
 * Bodies are read as bytes once and kept in `request.rawBody`, as signatures are made over bytes. A route with
 * `config: { body: 'raw' }` gets those bytes as its body whatever the content type, and decides itself what to do with them.
 */
export function readBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json/,
    { parseAs: 'buffer' },
    (request, bytes: Buffer, done) => {
      request.rawBody = bytes;
      if (isRaw(request)) return done(null, bytes);
      const text = bytes.toString('utf8');
      if (text === '') return done(null, undefined);
      try {
        if (levelsOf(text) > JSON_LEVELS_MAX)
          refuse({ refused: 'too-deep', detail: { levels: JSON_LEVELS_MAX } });
      } catch (error) {
        return done(error instanceof Error ? error : new Error(String(error)));
      }
      return parseJson(request, text, done);
    },
  );
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    if (isRaw(request)) return done(null, bytes);
    // A POST with an empty body and no type is how many clients say "no body".
    if (bytes.length === 0) return done(null, undefined);
    return done(
      Object.assign(new Error('unsupported content type'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }),
    );
  });
}

function isRaw(request: FastifyRequest): boolean {
  return request.routeOptions.config.body === 'raw';
}

/** How deep brackets nest, outside of strings; counted over the text so that nothing is built from a hostile body. */
export function levelsOf(text: string): number {
  let level = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      level += 1;
      if (level > deepest) deepest = level;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) level -= 1;
  }
  return deepest;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
