import { useEffect } from 'react';
import type { Post } from '#app/pages/shared/use-post.ts';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';

export interface Reauthentication {
  /** What was sent moves much, and waits for the password. */
  wanted: boolean;
  confirm: (password: string) => void;
  confirming: boolean;
  /** Why it was not confirmed. */
  wrong: string | null;
  cancel: () => void;
}

/** Has somebody who signed in long ago say who they are, and then sends what they wanted once more. */
export function useReauthentication(
  post: Pick<Post, 'refusal' | 'forget'>,
  sendAgain: () => void,
): Reauthentication {
  const { send, sending, sent, forget, isUpToDate } = usePostForm<{ done: object }>({});
  const isProven = sent !== null && sent.answer !== null;
  useEffect(() => {
    if (!isProven || !isUpToDate) return;
    forget();
    sendAgain();
  }, [isProven, isUpToDate, forget, sendAgain]);
  const refusal = sent?.refusal ?? null;
  const said = refusal?.refused === 'invalid' ? refusal.fields['password'] : refusal?.says;
  return {
    wanted: post.refusal?.refused === 'sign_in_again',
    confirm: (password) =>
      void send('/sign-in/again', new URLSearchParams({ password }).toString()),
    confirming: sending || isProven,
    wrong: sent?.trouble ?? said ?? null,
    cancel: () => {
      forget();
      post.forget();
    },
  };
}
