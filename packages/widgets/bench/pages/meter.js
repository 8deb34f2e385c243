// Records frames, long tasks and shifts of the layout in a page.

/**
 * Begins to record.
 * @returns {{ stop(): { frames: number[], tasks: number[] } }} beginnings of frames and durations of long tasks, in ms
 */
export function startMeter() {
  const frames = [];
  const tasks = [];
  const note = (list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  };
  const observer = new PerformanceObserver(note);
  observer.observe({ type: 'longtask' });
  let request = requestAnimationFrame(function tick(time) {
    frames.push(time);
    request = requestAnimationFrame(tick);
  });
  return {
    stop() {
      cancelAnimationFrame(request);
      note({ getEntries: () => observer.takeRecords() });
      observer.disconnect();
      return { frames, tasks };
    },
  };
}

/** Waits for as many frames. */
export async function frames(count) {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
}
