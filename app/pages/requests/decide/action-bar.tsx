import { describeApproval } from '#app/pages/requests/decide/approve-labels.ts';
import { EditForm } from '#app/pages/requests/decide/edit-form.tsx';
import { PasswordForm } from '#app/pages/shared/password-form.tsx';
import { ReasonForm } from '#app/pages/shared/reason-form.tsx';
import type { DecisionState } from '#app/pages/requests/decide/use-decision.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { Button } from '#app/ui/button.tsx';
import { Kbd } from '#app/ui/kbd.tsx';

interface ActionBarProps {
  page: RequestDetail;
  decision: DecisionState;
  /** What has just been done. */
  said: string | null;
}

/** What can be done about the request, and why not; always in view under it. */
export function ActionBar({ page, decision, said }: ActionBarProps) {
  const { intent, setIntent, post, early, password } = decision;
  const { state } = page.line;
  const open = state === 'requested' || state === 'sent_back' || state === 'approved';
  return (
    <div
      role="group"
      aria-label="Decision"
      className="max-h-[75%] flex-none overflow-auto border-t border-hairline bg-raised px-3 py-2"
    >
      <p role="status" className={early ? 'pb-1.5 text-high' : 'sr-only'}>
        {early ? 'This request just opened. Review it first.' : said}
      </p>
      {password.wanted ? <PasswordForm {...password} /> : null}
      {/* What is written stays, and cannot be changed while it waits for the password. */}
      <div hidden={password.wanted}>
        {intent === 'edit' ? (
          <EditForm page={page} post={post} onCancel={() => setIntent(null)} />
        ) : intent !== null ? (
          <ReasonForm
            key={intent}
            {...{ intent, post }}
            onSend={(reason) =>
              intent === 'withdraw'
                ? post.send('withdraw', { reason })
                : intent === 'glass'
                  ? decision.breakGlass(reason)
                  : decision.decide(intent, reason)
            }
            onCancel={() => setIntent(null)}
          />
        ) : open ? (
          <Buttons page={page} decision={decision} />
        ) : (
          <p className="text-ink-quiet">{page.whyNot.decide ?? page.line.waitsFor}</p>
        )}
      </div>
    </div>
  );
}

function Buttons({ page, decision }: Pick<ActionBarProps, 'page' | 'decision'>) {
  const { want, decide, post, whyNotYes } = decision;
  const { whyNot, line } = page;
  const busy = post.sending ? 'Sending.' : null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {line.state === 'requested' ? (
        <>
          <Button
            look={whyNotYes === null ? 'primary' : 'normal'}
            tall
            aria-keyshortcuts="a"
            disabledReason={busy ?? whyNotYes}
            onClick={() => decide('approve')}
          >
            {post.sending ? 'Sending…' : <Yes page={page} />} <Kbd>a</Kbd>
          </Button>
          <Button
            tall
            aria-keyshortcuts="b"
            disabledReason={busy ?? whyNot.decide}
            onClick={() => want('send_back')}
          >
            Send back… <Kbd>b</Kbd>
          </Button>
          <Button
            tall
            aria-keyshortcuts="r"
            disabledReason={busy ?? whyNot.decide}
            onClick={() => want('reject')}
          >
            Reject… <Kbd>r</Kbd>
          </Button>
        </>
      ) : null}
      {page.glass === null ? null : (
        <Button tall disabledReason={busy ?? page.glass.whyNot} onClick={() => want('glass')}>
          Emergency approval…
        </Button>
      )}
      <span className="ms-auto flex gap-2">
        <Button
          look="plain"
          aria-keyshortcuts="e"
          disabledReason={busy ?? whyNot.edit}
          onClick={() => want('edit')}
        >
          Edit…
        </Button>
        <Button
          look="plain"
          disabledReason={busy ?? whyNot.withdraw}
          onClick={() => want('withdraw')}
        >
          Withdraw…
        </Button>
      </span>
      {line.state !== 'requested' || whyNotYes === null ? null : (
        <p className="w-full text-small text-ink-quiet">{whyNotYes}</p>
      )}
    </div>
  );
}

/** To what and for whom: a person who presses it has read both. */
const Yes = ({ page: { yes, content, customerName, line } }: { page: RequestDetail }) => (
  <>
    {yes === 'vouch' ? 'Approve as lead:' : 'Approve'} {describeApproval(content)}{' '}
    <bdi className="one-line inline-block max-w-[24ch] align-bottom">
      {customerName ?? line.customerId}
    </bdi>
  </>
);
