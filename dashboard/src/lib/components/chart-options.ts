import type { ChartOptions, Scale } from 'chart.js';
import { fittingLabel } from '../fitting-label.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import type { ChartColours } from './chart-colours.ts';

/** Thin rules, no frame, figures as the reader's language writes them. */
export function plainOptions(
  colours: ChartColours,
  format: Formatter,
  options: {
    stacked?: boolean;
    legend?: boolean;
    horizontal?: boolean;
    fromZero?: boolean;
    digits?: number;
  } = {},
): ChartOptions {
  const { stacked = false, legend = false, horizontal = false, fromZero = true, digits = 0 } = options;
  const figure = (value: number) => (digits ? format.decimal(value, digits) : format.whole(value));
  const values = {
    stacked,
    beginAtZero: fromZero,
    border: { display: false },
    grid: { color: colours.rule },
    ticks: {
      color: colours.soft,
      maxTicksLimit: 6,
      precision: 0,
      callback: (value: number | string) => format.whole(Number(value)),
    },
  };
  const names = {
    stacked,
    border: { color: colours.soft },
    grid: { display: false },
    ticks: { color: colours.soft, maxRotation: 0, autoSkip: !horizontal, autoSkipPadding: 14 },
  };
  if (horizontal) {
    // Half of the chart is the most that names get: longer ones are cut at their end, not at their beginning.
    Object.assign(names.ticks, {
      callback(this: Scale, value: number | string): string {
        const { ctx, width } = this.chart;
        const most = width / 2 - 24;
        return fittingLabel(
          this.getLabelForValue(Number(value)),
          (text) => ctx.measureText(text).width <= most,
        );
      },
    });
  }
  return {
    indexAxis: horizontal ? 'y' : 'x',
    interaction: { mode: 'index', axis: horizontal ? 'y' : 'x', intersect: false },
    scales: horizontal ? { x: values, y: names } : { x: names, y: values },
    plugins: {
      legend: {
        display: legend,
        position: 'bottom',
        align: 'start',
        labels: { color: colours.ink, boxWidth: 12, boxHeight: 12, padding: 14 },
      },
      tooltip: {
        backgroundColor: colours.ink,
        titleColor: colours.sheet,
        bodyColor: colours.sheet,
        padding: 10,
        displayColors: legend,
        callbacks: {
          label: ({ dataset, parsed }) => {
            const value = horizontal ? parsed.x : parsed.y;
            return `${dataset.label ?? ''}: ${value === null ? m.no_data() : figure(value)}`;
          },
        },
      },
    },
  };
}
