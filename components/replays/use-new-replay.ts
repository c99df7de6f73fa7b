import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { showToast } from '#components/toasts/toast-queue.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Makes a draft and opens it: nothing is read or sent by that. Where none was made, it says so over the page. */
export function useNewReplay() {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.replays.createDraft.mutationOptions({
      onSuccess: ({ id }) => router.push(`/replays/${id}`),
      onError: ({ message }) =>
        showToast({ title: 'No draft was made', message, needsSomebody: true }),
    }),
  );
}
