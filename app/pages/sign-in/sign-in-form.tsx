import { tooManyTries } from '#app/pages/sign-in/too-many-tries.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';
import { TextField } from '#app/ui/field.tsx';

interface SignInFormProps {
  /** What the last try was answered. */
  answer: { refusal: string; seconds?: number } | undefined;
  busy: boolean;
}

/** One text for every refusal, so that nobody learns which accounts exist. */
const messageFor = (answer: NonNullable<SignInFormProps['answer']>): string =>
  answer.refusal === 'throttled' ? tooManyTries(answer.seconds ?? 60) : 'Wrong e-mail or password.';

export const SignInForm = ({ answer, busy }: SignInFormProps) => (
  <>
    {answer ? <ErrorText>{messageFor(answer)}</ErrorText> : null}
    <TextField
      label="E-mail"
      name="email"
      type="email"
      autoComplete="username"
      maxLength={320}
      required
    />
    <TextField
      label="Password"
      name="password"
      type="password"
      autoComplete="current-password"
      maxLength={1024}
      required
    />
    <Button type="submit" look="primary" tall disabledReason={busy ? 'Signing in' : null}>
      Sign in
    </Button>
  </>
);
