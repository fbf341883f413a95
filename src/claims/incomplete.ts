/** Line 1: a request that lacks any of what L6 asks for goes back with what is missing. */
import type { LocalDate } from '../platform/time.ts';
import type { ClauseId } from '../procedures/index.ts';
import { clausesOf } from './clauses-of.ts';
import type { ClaimRequested } from './facts.ts';

export const requestParts = ['email', 'phone', 'name', 'source', 'sourceImage', 'firstContact'] as const;
export type RequestPart = (typeof requestParts)[number];

/** `today` is local: an image dated after it proves nothing yet, so its date cannot have been read right. */
export function missingParts(request: ClaimRequested, today: LocalDate): RequestPart[] {
  const { email, phone, name, source, sourceImageDatedOn, firstContactShown } = request;
  const has: Readonly<Record<RequestPart, boolean>> = {
    email: isText(email),
    phone: isText(phone),
    name: isText(name),
    source: isText(source),
    sourceImage: sourceImageDatedOn !== null && sourceImageDatedOn <= today,
    firstContact: firstContactShown,
  };
  return requestParts.filter((part) => !has[part]);
}

function isText(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}

/** L6a: the data and the dated image; L6b: from the first contact; L6c: and all of it at once (L12). */
export function clausesOfMissing(missing: readonly RequestPart[]): readonly ClauseId<'lead-reassignment'>[] {
  const ofData = missing.some((part) => part !== 'firstContact');
  return [
    ...(ofData ? clausesOf('lead-reassignment', 'L6a') : []),
    ...(missing.includes('firstContact') ? clausesOf('lead-reassignment', 'L6b') : []),
    ...clausesOf('lead-reassignment', 'L6c', 'L12'),
  ];
}
