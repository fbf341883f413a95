import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** From the project's root, with slashes: "src/leads/next-turn.ts". */
  readonly path: string;
  readonly text: string;
}

const FOLDERS = ['src', 'cli', 'simulator', 'tests', 'web'] as const;
const SOURCE = /\.(?:ts|tsx|js)$/;
const GENERATED = /(?:^|\/)(?:dist|node_modules|locales)\//;

export function readSources(root: string): SourceFile[] {
  return FOLDERS.flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    } catch {
      return [];
    }
    return names
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => SOURCE.test(path) && !GENERATED.test(path))
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  });
}

/** Comments and the insides of strings blanked out, line by line as before, so that only what runs is looked at. */
export function codeOf(text: string): string {
  return text.replaceAll(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g,
    (match) => match.replaceAll(/[^\n]/g, ' '),
  );
}

export interface Import {
  readonly line: number;
  readonly from: string;
  readonly typeOnly: boolean;
}

export function importsOf(text: string): Import[] {
  const commentless = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, (match) =>
    match.replaceAll(/[^\n]/g, ' '),
  );
  const found = commentless.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^;'"`]*?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm,
  );
  return [...found].map((match) => ({
    line: lineAt(commentless, match.index + match[0].search(/\S/)),
    from: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
