import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';

/** What is different at Stripe from when it was asked for: said before anything else. */
export const ChangesSection = ({ page: { differences } }: { page: RequestDetail }) =>
  differences.length === 0 ? null : (
    <section
      aria-label="Changes since it was requested"
      className="border-s-4 border-high bg-raised px-3 py-1.5"
    >
      <h3>Since it was requested</h3>
      <ul>
        {differences.map((words) => (
          <li key={words}>
            <bdi>{words}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
