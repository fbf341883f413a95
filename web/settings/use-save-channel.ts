import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { ask } from '../api.ts';
import { showDone } from '../kit/notice.ts';
import { useWords } from '../words.ts';

/** Saves a channel's settings: what is left out of `body` stays as it was. */
export function useSaveChannel(kind: 'whatsapp' | 'email' | 'telegram', saved: () => void) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      ask(`/api/channels/${kind}`, z.unknown(), { method: 'PUT', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['settings', 'channels'] });
      showDone(t('settings.saved'));
      saved();
    },
  });
}
