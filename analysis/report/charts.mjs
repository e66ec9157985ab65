// The script of the report: draws each chart from the table beside it, and makes tables sortable and savable.
// Nothing is fetched and no style is written into HTML, so that a strict content-security policy holds.
import * as echarts from "echarts/core";
import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapPiecewiseComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

import { bars, fan, funnel, heat, ranges, sankey, steps } from "./kinds.mjs";
import { read, savable, sortable } from "./tables.mjs";

echarts.use([BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent,
  TooltipComponent, VisualMapPiecewiseComponent, SVGRenderer]);

const KINDS = { bars, fan, funnel, heat, ranges, sankey, steps };

function draw(plot) {
  const table = read(document.getElementById(`${plot.closest("figure").id}-table`));
  const options = JSON.parse(plot.dataset.options);
  const make = (width) => KINDS[plot.dataset.kind](table, options, width);
  const first = make(plot.clientWidth);
  if (first.height) plot.style.height = `${first.height}px`;
  const chart = echarts.init(plot, null, { renderer: "svg" });
  chart.on("finished", () => {
    const svg = plot.querySelector("svg");  // with a view box, so that print can give it another size
    svg.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    plot.dataset.drawn = "true";
  });
  chart.setOption(first.option);
  let width = plot.clientWidth;
  const fit = () => {
    if (matchMedia("print").matches || plot.clientWidth === width || plot.clientWidth === 0) return;
    width = plot.clientWidth;
    const { option, height } = make(width);
    if (height) plot.style.height = `${height}px`;
    chart.resize();
    chart.setOption(option, true);
  };
  new ResizeObserver(fit).observe(plot);
}

document.documentElement.classList.add("scripted");
for (const details of document.querySelectorAll("details")) details.open = false;
// What explains the charts is on paper too.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details.printed:not([open])")];
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => { for (const details of unfolded) details.open = false; });
for (const table of document.querySelectorAll("table")) savable(table);
for (const table of document.querySelectorAll("table.sortable")) sortable(table);
for (const plot of document.querySelectorAll(".plot")) draw(plot);
