interface RefLinkProps {
  /** `type:id` of a record of this customer. */
  to: string;
  text: string;
  goTo: (ref: string) => void;
}

/** Leads to a record on this page: chooses it and brings it into view. */
export const RecordLink = ({ to, text, goTo }: RefLinkProps) => (
  <button
    type="button"
    className="max-w-full cursor-pointer truncate align-bottom text-accent hover:underline"
    title={text}
    onClick={() => goTo(to)}
  >
    <bdi>{text}</bdi>
  </button>
);
