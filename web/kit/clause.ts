export interface ClauseReference {
  procedure: string;
  /** Empty where the reference names none. */
  version: string;
  clause: string;
}

/** Reads "contact-center-policy@2023-03-01#L4" (the version may be absent); undefined for anything else. */
export function parseClause(reference: string): ClauseReference | undefined {
  const found = /^([a-z0-9-]+)(?:@([^#]+))?#(.+)$/i.exec(reference);
  if (found === null) return undefined;
  const [, procedure, version, clause] = found;
  return procedure && clause ? { procedure, version: version ?? '', clause } : undefined;
}
