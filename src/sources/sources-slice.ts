import { isDeepStrictEqual } from 'node:util';

import { Rows, type Deciding, type Fact, type Refusal, type World } from '../decisions/index.ts';
import { asJson } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import { rememberedMapping, type FileMapping } from './lead-file.ts';
import type { MappedExtension, Source } from './source.ts';

export interface SourcesState {
  readonly sources: Rows<Source>;
  readonly extensions: Rows<MappedExtension>;
  /** Sealed secrets and addresses given with a fact: written beside the journal, never in it. */
  readonly sealed: (SealedSecret & { readonly source: string })[];
  readonly doors: { readonly source: string; readonly door: string }[];
}

export const sourcesSlice = {
  name: 'sources',
  empty: (): SourcesState => ({
    sources: new Rows<Source>(),
    extensions: new Rows<MappedExtension>(),
    sealed: [],
    doors: [],
  }),
};

export interface SealedSecret {
  readonly name: string;
  readonly sealed: string;
  /** The one before stays good too, while both sides change over. */
  readonly keepOld: boolean;
}

/** An administrator sets up a source, or changes one; the whole of it as it shall be. */
export interface SourceChanged extends Fact {
  readonly fact: 'source.changed';
  readonly source: string;
  readonly kind: Source['kind'];
  readonly name: string;
  readonly zone: string | null;
  readonly settings: Source['settings'];
  readonly enabled: boolean;
  readonly secrets: readonly SealedSecret[];
  /** A new address for what comes from outside; null leaves the one there is. */
  readonly door: string | null;
}

/** Who sits at an extension of the PBX, from when to when. */
export interface ExtensionMapped extends Fact {
  readonly fact: 'extension.mapped';
  readonly id: string;
  readonly source: string;
  readonly person: string;
  readonly extension: string | null;
  readonly name: string | null;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

export function changeSource(fact: SourceChanged, deciding: Deciding): Refusal | void {
  const state = deciding.world.get(sourcesSlice);
  const before = state.sources.get(fact.source);
  if (before !== undefined && before.kind !== fact.kind)
    return { refused: 'source-kind-fixed', because: [houseRule('sources')] };
  const { source, kind, name, zone, settings, enabled } = fact;
  deciding.record({
    entry: 'source.changed',
    kind: 'fact',
    because: [],
    fields: {
      source,
      kind,
      name,
      zone,
      settings: asJson(settings),
      enabled,
      secretsSet: fact.secrets.map((secret) => secret.name),
      addressSet: fact.door !== null,
    },
  });
  for (const secret of fact.secrets) state.sealed.push({ ...secret, source });
  if (fact.door !== null) state.doors.push({ source, door: fact.door });
  return undefined;
}

/** An import of this source starts with its columns read this way, as a person confirmed them. */
export interface MappingConfirmed extends Fact {
  readonly fact: 'mapping.confirmed';
  readonly source: string;
  readonly mapping: FileMapping;
}

/** Keeps the mapping with the source's settings; what is known already is no change. */
export function confirmMapping(fact: MappingConfirmed, deciding: Deciding): Refusal | void {
  const source = deciding.world.get(sourcesSlice).sources.get(fact.source);
  if (source === undefined) return { refused: 'no-such-source', because: [houseRule('facts')] };
  const mapping = rememberedMapping(source.settings.mapping, fact.mapping);
  if (isDeepStrictEqual(mapping, source.settings.mapping)) return undefined;
  const { key, kind, name, zone, settings, enabled } = source;
  deciding.record({
    entry: 'source.changed',
    kind: 'fact',
    because: [],
    fields: {
      source: key,
      kind,
      name,
      zone,
      settings: asJson({ ...settings, mapping }),
      enabled,
      secretsSet: [],
      addressSet: false,
    },
  });
  return undefined;
}

export function mapExtension(fact: ExtensionMapped, deciding: Deciding): Refusal | void {
  if (person(deciding.world, fact.person) === undefined)
    return { refused: 'no-such-person', because: [houseRule('facts')] };
  if (deciding.world.get(sourcesSlice).sources.get(fact.source)?.kind !== 'pbx')
    return { refused: 'no-such-source', because: [houseRule('facts')] };
  const { id, source, person: who, extension, name, fromAt, untilAt } = fact;
  deciding.record({
    entry: 'extension.mapped',
    kind: 'fact',
    because: [],
    person: who,
    fields: { id, source, person: who, extension, name, fromAt, untilAt },
  });
  return undefined;
}

export function evolveSources(world: World, entry: JournalEntry | NewEntry): void {
  const { sources, extensions } = world.get(sourcesSlice);
  // The journal is read back only through the hash-checked store, so its fields have the shape they were written with.
  if (entry.entry === 'source.changed') {
    const fields = entry.fields as unknown as Omit<SourceChanged, 'fact'>;
    const { source: key, kind, name, zone, settings, enabled } = fields;
    const createdAt = sources.get(key)?.createdAt ?? entry.at;
    sources.set(key, { key, kind, name, zone, settings, enabled, createdAt });
  }
  if (entry.entry === 'extension.mapped') {
    const mapped = entry.fields as unknown as MappedExtension;
    extensions.set(mapped.id, { ...mapped });
  }
}
