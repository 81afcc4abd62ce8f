import { useRef, useState } from 'react';
import type { PointerEvent } from 'react';

interface SpanPickerProps {
  /** What is chosen already, as shares of the width, 0 to 1. */
  chosen: readonly [number, number] | null;
  /** Two shares of the width, the smaller first. */
  onPick: (from: number, to: number) => void;
}

/** Less is a click, not a choice. */
const LEAST = 0.01;

const percent = (share: number): string => `${share * 100}%`;
const ordered = ([a, b]: readonly [number, number]): [number, number] => (a <= b ? [a, b] : [b, a]);

/** Where across the picker the pointer is. */
const shareOf = (event: PointerEvent<HTMLDivElement>): number => {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
};

/** Lies over a chart: dragging across it chooses a span. By keys the same is done in fields beside it. */
export function SpanPicker({ chosen, onPick }: SpanPickerProps) {
  const start = useRef<number | null>(null);
  const [drawn, setDrawn] = useState<readonly [number, number] | null>(null);
  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = shareOf(event);
  };
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current !== null) setDrawn([start.current, shareOf(event)]);
  };
  const onUp = (event: PointerEvent<HTMLDivElement>) => {
    const span = start.current === null ? null : ordered([start.current, shareOf(event)]);
    start.current = null;
    setDrawn(null);
    if (span !== null && span[1] - span[0] >= LEAST) onPick(...span);
  };
  const shown = drawn === null ? chosen : ordered(drawn);
  return (
    <div
      className="absolute inset-0"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => {
        start.current = null;
        setDrawn(null);
      }}
    >
      {shown === null ? null : (
        <div
          className="band"
          style={{ left: percent(shown[0]), width: percent(shown[1] - shown[0]) }}
        />
      )}
    </div>
  );
}
