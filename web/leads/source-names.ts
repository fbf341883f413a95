import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useWords } from '../words.ts';
import { sourceNamesQuery } from './data.ts';
import { sourceText } from './words-of.ts';

/** A source as the organization calls it; our own ways of coming in, and one that is gone, in words of ours. */
export function useSourceName(): (key: string) => string {
  const t = useWords();
  const { data } = useQuery(sourceNamesQuery);
  const names = useMemo(() => new Map(data?.sources.map(({ key, name }) => [key, name])), [data]);
  return useCallback((key) => names.get(key) ?? sourceText(t, key), [names, t]);
}
