import { Banner } from '#app/ui/banner.tsx';

/** Said over every page while the clocks of the machines are apart. */
export const ClocksApart = ({ words }: { words: string }) => (
  <Banner tone="warning" label="Clocks are apart">
    <strong className="text-high">The clocks of the machines are apart.</strong>
    <span>{words} Set them by a time server (NTP).</span>
  </Banner>
);
