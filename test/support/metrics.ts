import type { RunningServer } from './start.ts';

/** Scrapes a server that was started with METRICS_PORT, as Prometheus does. */
export async function scrape({ log }: RunningServer): Promise<Scrape> {
  const { address } = log.find(({ msg }) => msg === 'metrics at /metrics') as { address: string };
  return readScrape(await (await fetch(`${address}/metrics`)).text());
}

export interface Scrape {
  text: string;
  /** Every series with its value. */
  values: ReadonlyMap<string, number>;
  /** Returns the value of a series, named with its labels as in the text, or undefined. */
  value(series: string): number | undefined;
}

function readScrape(text: string): Scrape {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  const values = new Map(
    lines
      .map(line => line.split(/ (?=\S+$)/) as [string, string])
      .map(([name, value]) => [name, Number(value)]),
  );
  return { text, values, value: series => values.get(series) };
}

/** Returns the sum of all series with this name. */
export const totalOf = (name: string, { values }: Scrape) =>
  [...values].reduce((sum, [series, value]) => (series.startsWith(`${name}{`) ? sum + value : sum), 0);
