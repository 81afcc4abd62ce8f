import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { Button } from '#app/ui/button.tsx';

interface ChangedBannerProps {
  /** What is different from what was shown. */
  differences: readonly string[];
  refusal: RequestRefusal | null;
  /** Why it is not known whether it was done. */
  trouble: string | null;
  onLook: () => void;
}

const differencesOf = (refusal: RequestRefusal | null): readonly string[] =>
  refusal?.refused === 'conflict' ? refusal.differences : [];

const CHANGED = 'Something changed since you opened this.';

/** That a decision was refused, or would be, because the world is not as it was shown; and what differs. */
export function ChangedBanner({ differences, refusal, trouble, onLook }: ChangedBannerProps) {
  const all = [...new Set([...differencesOf(refusal), ...differences])];
  const shows = all.length > 0 || refusal !== null || trouble !== null;
  const says = trouble ?? (refusal === null ? CHANGED : `Couldn’t be completed. ${refusal.says}`);
  return (
    <div role="alert" className="flex-none">
      {shows ? (
        <div className="flex items-start gap-3 border-t border-s-4 border-high bg-raised px-3 py-2">
          <div className="min-w-0 flex-1">
            <p className="font-medium">{says}</p>
            <ul className="list-disc ps-4">
              {all.map((words) => (
                <li key={words} className="break-words">
                  <bdi>{words}</bdi>
                </li>
              ))}
            </ul>
          </div>
          <Button onClick={onLook}>{all.length > 0 ? 'Got it' : 'Close'}</Button>
        </div>
      ) : null}
    </div>
  );
}
