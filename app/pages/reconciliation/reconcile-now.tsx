import { usePostForm } from '#app/pages/shared/use-post-form.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';

/** Asks for a comparison with Stripe; asking twice asks for one. */
export function ReconcileNow({ whyNot }: { whyNot: string | null }) {
  const { send, sending, sent } = usePostForm<{ done: object }>({ keyed: true });
  const wrong = sent?.trouble ?? sent?.refusal?.says ?? null;
  return (
    <>
      {wrong === null ? null : <ErrorText>{wrong}</ErrorText>}
      <Button
        disabledReason={whyNot ?? (sending ? 'Starting…' : null)}
        onClick={() => send('/requests/drift/compare', '')}
      >
        Reconcile now
      </Button>
    </>
  );
}
