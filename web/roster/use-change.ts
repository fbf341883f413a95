import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api.ts';
import { showDone, showFault } from '../kit/index.ts';
import { doneSchema } from './shifts-answers.ts';

/** One act on guards and absences: told, said, and everything that shows them asked again. */
export function useChange(done?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body = {} }: { path: string; body?: object }) =>
      ask(path, doneSchema, { method: 'POST', body }),
    onSuccess: async () => {
      if (done !== undefined) showDone(done);
      await Promise.all(
        ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
    onError: (fault) => {
      if (done === undefined) showFault(fault);
    },
  });
}
