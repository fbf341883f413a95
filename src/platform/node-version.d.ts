/** What to tell the person who started us with another Node, or null. `version` as in `process.versions.node`. */
export function wrongNode(version: string): string | null;
