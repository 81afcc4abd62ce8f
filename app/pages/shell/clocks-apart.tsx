import { Banner } from '#app/ui/banner.tsx';

/** Said over every page while the clocks of the machines are apart. */
export const ClocksApart = ({ words }: { words: string }) => (
  <Banner tone="warning" label="Clocks differ">
    <strong className="text-high">The clocks of the servers differ.</strong>
    <span>{words} Synchronize them with NTP.</span>
  </Banner>
);
