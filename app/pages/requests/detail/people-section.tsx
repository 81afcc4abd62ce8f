import { Link } from '@remix-run/react';
import { Section } from '#app/pages/shared/section.tsx';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { TimeText } from '#app/ui/time-text.tsx';

const VERDICTS = {
  approve: 'approved',
  vouch: 'approved it as lead',
  reject: 'rejected it',
  send_back: 'sent it back',
  break_glass: 'used emergency approval',
} as const;

/** What the policy asks for, who has decided, and who is waited for. */
export function PeopleSection({ page }: { page: RequestDetail }) {
  const { weighed, verdict, decisions, needs, shortage, glass, line, now } = page;
  const words = weighed?.verdict.words ?? verdict;
  return (
    <Section label="Approvals">
      <p>
        {words}
        {needs.word ? ' A lead approves too.' : null}
      </p>
      {words === verdict ? null : (
        <p className="text-ink-quiet">When it was requested: {verdict}</p>
      )}
      {decisions.length === 0 ? null : (
        <ul>
          {decisions.map((one) => (
            <li key={one.id} className={one.voidedAt === null ? '' : 'text-ink-quiet'}>
              {one.name ?? one.deciderId} {VERDICTS[one.verdict]}
              {one.onBehalfOf === null ? null : ` for ${one.forName ?? one.onBehalfOf}`},{' '}
              <TimeText at={one.at} now={now} />
              {one.voidedAt === null ? null : ' (counts no more)'}
            </li>
          ))}
        </ul>
      )}
      {line.state === 'requested' ? <p className="font-medium">{line.waitsFor}.</p> : null}
      {shortage === null ? null : (
        <p className={shortage.kind === 'short' ? 'font-medium text-high' : ''}>{shortage.words}</p>
      )}
      {glass === null ? null : (
        <p className="text-ink-quiet">
          Someone can return, or <Link to="/requests/people">delegate their approvals</Link>. If it
          cannot wait, two people in lead or finance who did not edit it can use emergency approval
          {glass.broken === 0 ? '' : ': one has, one more is needed'}.
        </p>
      )}
    </Section>
  );
}
