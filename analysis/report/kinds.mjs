// One function a kind of chart: (table, options, width) -> { option, height }. Colours differ in lightness as well.
import { value } from "./tables.mjs";

const INK = "#1d2733", MUTED = "#5b6672", GRID = "#e4e8ec", BLUE = "#1f5fa8", ORANGE = "#c2570c";
const SERIES = [BLUE, ORANGE, "#0a7d5a", "#8a4b9c", "#444b54"];
const DASHES = ["solid", [6, 3], [2, 2], [10, 3, 2, 3], [4, 4]];
const FONT = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
const TEXT = { color: INK, fontFamily: FONT, fontSize: 12 };

const base = (more) => ({
  animation: false,
  textStyle: TEXT,
  tooltip: { renderMode: "richText", confine: true, backgroundColor: "#ffffff", borderColor: "#c5ccd3", padding: [8, 10],
    textStyle: { ...TEXT, fontSize: 12 } },
  ...more,
});
const valueAxis = (name, more = {}) => ({ type: "value", name, nameTextStyle: { color: MUTED, align: "left", fontSize: 11 },
  axisLabel: { color: MUTED, hideOverlap: true }, splitLine: { lineStyle: { color: GRID } }, ...more });
const timeAxis = (width) => ({ type: "time", axisLabel: { color: MUTED, hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM}", day: "{d} {MMM}" } },
  axisLine: { lineStyle: { color: "#9aa4ae" } }, splitNumber: Math.max(2, Math.floor(width / 80)) });
const numbers = (rows) => rows.map((row) => row.slice(1).map(value));
// A name or key path in lines of at most so many letters, broken after blanks and dots.
function wrapped(name, most) {
  const lines = [""];
  for (const part of name.split(/(?<=[. ])/)) {
    if (lines.at(-1) && (lines.at(-1) + part).trimEnd().length > most) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => line.trimEnd());
}
const clipped = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// Names of rows beside horizontal marks: room for them grows with the width, and rows are as high as the longest name needs.
function rowAxis(names, width, most = 250) {
  const room = Math.min(most, Math.max(110, Math.round(width * 0.36))), fontSize = width < 500 ? 11 : 12;
  const lines = names.map((name) => wrapped(name, Math.floor((room - 10) / (0.56 * fontSize))));
  return { room, tall: 13 * Math.max(1, ...lines.map((one) => one.length)) + 6,
    axis: { type: "category", data: names, inverse: true, axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: INK, width: room - 10, overflow: "break", lineHeight: 13, fontSize, interval: 0, formatter: (_, at) => lines[at].join("\n") } } };
}

function band(data, low, high, opacity) {
  return { type: "custom", silent: true, data: data.map((row) => [row[0], row[high]]), z: 1, tooltip: { show: false },
    renderItem: (item, api) => {
      if (item.dataIndex > 0) return null;
      const points = [...data.map((row) => api.coord([row[0], row[high]])), ...data.map((row) => api.coord([row[0], row[low]])).reverse()];
      return { type: "polygon", shape: { points }, style: { fill: BLUE, opacity } };
    } };
}

export function fan(table, options, width) {
  const data = table.rows.map((row) => [row[0], ...row.slice(1).map(value)]);
  const last = table.heads.length - 1, middle = Math.ceil(last / 2);
  const bands = [];
  for (let low = 1, high = last; low < high; low += 1, high -= 1) bands.push(band(data, low, high, low === 1 ? 0.16 : 0.26));
  const marks = (options.marks ?? []).map((mark) => ({ xAxis: mark.date, label: { formatter: mark.letter } }));
  const top = Math.max(...data.map((row) => Math.max(...row.slice(1).filter((one) => !Number.isNaN(one)))), 0);
  return { option: base({
    grid: { left: 8, right: 12, top: 34, bottom: 6, containLabel: true },
    xAxis: timeAxis(width), yAxis: valueAxis(options.unit, { min: 0, max: top > 0 ? undefined : 1, splitNumber: 3 }),
    tooltip: { ...base().tooltip, trigger: "axis", axisPointer: { type: "line" },
      formatter: (all) => {
        const row = table.rows[all[0].dataIndex];
        return [row[0], ...table.heads.slice(1).map((head, at) => `${head}: ${row[at + 1]} ${options.unit}`)].join("\n");
      } },
    series: [{ type: "line", data: data.map((row) => [row[0], row[middle]]), showSymbol: false, lineStyle: { color: BLUE, width: 2 },
      itemStyle: { color: BLUE }, z: 3,
      markLine: { silent: true, symbol: "none", data: marks, lineStyle: { color: "#8b949e", width: 1, type: [2, 3] },
        label: { show: true, color: MUTED, fontSize: 10, distance: 2 } } }, ...bands],
  }) };
}

export function ranges(table, options, width) {
  const names = table.rows.map((row) => row[0]), data = numbers(table.rows);
  const { room, tall, axis } = rowAxis(names, width);
  const lines = [];
  if (options.zero) lines.push({ xAxis: 0, lineStyle: { type: "solid", color: INK, width: 1 }, label: { show: false } });
  if (options.limit) lines.push({ xAxis: options.limit.value, label: { formatter: options.limit.label, color: ORANGE, position: "start" },
    lineStyle: { color: ORANGE, width: 1.5, type: [5, 4] } });
  const height = Math.max(150, Math.max(30, tall) * names.length + 74);
  const most = Math.max(...data.map((row) => row[2]), options.limit?.value ?? 0);
  return { height, option: base({
    grid: { left: room, right: 22, top: 24, bottom: 42 },
    yAxis: axis, xAxis: valueAxis(options.unit, { nameLocation: "middle", nameGap: 26, max: most > 0 ? undefined : 0, splitNumber: width < 500 ? 3 : 5,
      nameTextStyle: { color: MUTED, align: "center", fontSize: 11 } }),
    tooltip: { ...base().tooltip, trigger: "item",
      formatter: (one) => [names[one.dataIndex], ...table.heads.slice(1).map((head, at) => `${head}: ${table.rows[one.dataIndex][at + 1]}`)].join("\n") },
    series: [{ type: "custom", data: data.map((row, at) => [row[0], at, row[1], row[2]]), encode: { x: [0, 2, 3], y: 1 },
      renderItem: (_, api) => {
        const [low, y] = api.coord([api.value(0), api.value(1)]), [mid] = api.coord([api.value(2), 0]), [high] = api.coord([api.value(3), 0]);
        return { type: "group", children: [
          { type: "rect", shape: { x: low, y: y - 4, width: Math.max(1, high - low), height: 8, r: 4 }, style: { fill: BLUE, opacity: 0.3 } },
          { type: "circle", shape: { cx: mid, cy: y, r: 4.5 }, style: { fill: BLUE, stroke: "#ffffff", lineWidth: 1.2 } }] };
      },
      markLine: { silent: true, symbol: "none", data: lines } }],
  }) };
}

// Lines a legend of these names takes: a mark, a gap and about 7 pixels a letter each.
function legendLines(names, width) {
  let lines = 1, used = 0;
  for (const name of names) {
    const one = 18 + 5 + 7 * name.length + 10;
    if (used > 0 && used + one > width) { lines += 1; used = 0; }
    used += one;
  }
  return lines;
}

export function funnel(table, options, width) {
  const names = table.rows.map((row) => row[0]), { room, tall, axis } = rowAxis(names, width);
  const colours = [BLUE, "#5f97cf", ORANGE, "#8a4b9c", "#0a7d5a", "#b9c2cc"];
  const top = 14 + 20 * legendLines(options.stack, width);
  return { height: Math.max(28, tall) * names.length + 58 + top, option: base({
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    legend: { top: 0, left: 0, textStyle: { color: INK }, itemWidth: 18, selectedMode: false },
    grid: { left: room, right: 22, top, bottom: 42 }, yAxis: axis,
    xAxis: valueAxis(options.unit, { nameLocation: "middle", nameGap: 26, splitNumber: width < 500 ? 3 : 5, nameTextStyle: { color: MUTED, align: "center", fontSize: 11 } }),
    tooltip: { ...base().tooltip, trigger: "axis", axisPointer: { type: "shadow" },
      formatter: (all) => [names[all[0].dataIndex], ...table.heads.slice(1).map((head, at) => `${head}: ${table.rows[all[0].dataIndex][at + 1]}`)].join("\n") },
    series: options.stack.map((head, at) => ({ type: "bar", stack: "all", name: head, barMaxWidth: 16, itemStyle: { color: colours[at] },
      data: table.rows.map((row) => value(row[table.heads.indexOf(head)])) })),
  }) };
}

export function bars(table, options, width) {
  const names = table.rows.map((row) => row[0]), { room, tall, axis } = rowAxis(names, width, 420);
  const noise = { lineStyle: { color: MUTED, type: [4, 4] }, label: { show: false } };
  return { height: Math.max(140, Math.max(28, tall) * names.length + 64), option: base({
    grid: { left: room, right: 22, top: 10, bottom: 30 }, yAxis: axis,
    xAxis: valueAxis("", { min: -1, max: 1, splitNumber: 4 }),
    tooltip: { ...base().tooltip, trigger: "item", formatter: (one) => `${one.name}\nrank correlation ${table.rows[one.dataIndex][1]}` },
    series: [{ type: "bar", barMaxWidth: 13, data: table.rows.map((row) => ({ value: value(row[1]),
      itemStyle: { color: Math.abs(value(row[1])) <= options.noise ? "#b9c2cc" : value(row[1]) > 0 ? ORANGE : BLUE } })),
    markLine: { silent: true, symbol: "none", data: [{ xAxis: -options.noise, ...noise }, { xAxis: options.noise, ...noise }] } }],
  }) };
}

export function steps(table, options, width) {
  const end = table.rows.length;
  return { option: base({
    grid: { left: 8, right: 18, top: 30 + 20 * (table.heads.length - 1), bottom: 6, containLabel: true },
    legend: { top: 0, left: 0, orient: "vertical", selectedMode: false, itemWidth: 34, itemStyle: { opacity: 0 }, textStyle: { color: INK }, formatter: (name) => clipped(name, Math.floor(width / 8)) },
    xAxis: timeAxis(width), yAxis: valueAxis(options.unit, { min: 0 }),
    tooltip: { ...base().tooltip, trigger: "axis",
      formatter: (all) => [table.rows[all[0].dataIndex][0], ...table.heads.slice(1).map((head, at) => `${head}: ${table.rows[all[0].dataIndex][at + 1]} %`)].join("\n") },
    series: table.heads.slice(1).map((head, at) => ({ type: "line", name: head, step: "end", showSymbol: false, symbol: "none", color: SERIES[at],
      lineStyle: { width: 2, type: DASHES[at], color: SERIES[at] }, data: table.rows.slice(0, end).map((row) => [row[0], value(row[at + 1])]) })),
  }) };
}

export function heat(table, options, width) {
  const names = table.rows.map((row) => row[0]), dates = table.heads.slice(1), { room, tall, axis } = rowAxis(names, width);
  const data = table.rows.flatMap((row, y) => row.slice(1).map((text, x) => [x, y, value(text)]).filter((cell) => !Number.isNaN(cell[2])));
  const shades = ["#0b2545", "#1f5fa8", "#5f97cf", "#a3c5e6", "#d6e5f3", "#f1f5f8"];
  const bounds = [0, ...options.bounds];
  const pieces = bounds.map((low, at) => ({ gte: low, lt: bounds[at + 1], color: shades[at],
    label: at + 1 === bounds.length ? `${low}+ d` : at === 0 ? `<${bounds[1]}` : `${low}–${bounds[at + 1]}` }));
  return { height: Math.max(23, tall) * names.length + 76, option: base({
    grid: { left: room, right: 12, top: 8, bottom: 60 },
    xAxis: { type: "category", data: dates, axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: MUTED, hideOverlap: true, interval: Math.ceil(dates.length / Math.max(2, (width - room) / 90)) - 1 } },
    yAxis: axis,
    visualMap: { type: "piecewise", pieces, orient: "horizontal", left: width < 600 ? 0 : room, bottom: 0, itemWidth: 12, itemHeight: 12, itemGap: width < 600 ? 5 : 12, selectedMode: false, textStyle: { ...TEXT, fontSize: 11 },
      dimension: 2, padding: 4 },
    tooltip: { ...base().tooltip, trigger: "item", formatter: (one) => `${names[one.value[1]]}\n${dates[one.value[0]]}: ${table.rows[one.value[1]][one.value[0] + 1]} d` },
    series: [{ type: "heatmap", data, itemStyle: { borderWidth: 1, borderColor: "#ffffff" }, emphasis: { itemStyle: { borderColor: INK } } }],
  }) };
}

export function sankey(table, _, width) {
  const links = table.rows.map((row) => ({ source: row[0], target: row[1], value: value(row[3]), covert: row[2].startsWith("covert"), row }))
    .filter((link) => link.value > 0);
  const names = [...new Set(links.flatMap((link) => [link.source, link.target]))];
  const hidden = (name) => name.startsWith("covert") || name === "seized";
  const small = width < 500;
  return { height: Math.max(340, (small ? 50 : 36) * names.length), option: base({
    tooltip: { ...base().tooltip, trigger: "item",
      formatter: (one) => (one.dataType === "edge" ? `${one.data.source} ${one.data.target}\n${one.data.row[2]}: ${one.data.row[3]} t (${one.data.row[4]} to ${one.data.row[5]} t)` : one.name) },
    series: [{ type: "sankey", left: 4, right: small ? 126 : 240, top: 10, bottom: 16, nodeWidth: 12, nodeGap: small ? 30 : 18, draggable: false,
      layoutIterations: 64, emphasis: { focus: "adjacency" },
      data: names.map((name) => ({ name, itemStyle: { color: hidden(name) ? ORANGE : BLUE, borderWidth: 0 },
        label: { color: INK, fontSize: 11, lineHeight: 13, width: between(links, name) ? (small ? 72 : 200) : small ? 110 : 225, overflow: "break",
          formatter: labelled(name, `${total(links, name)} t`, small ? 0 : 36) } })),
      links: links.map((link) => ({ ...link, lineStyle: link.covert ? { color: ORANGE, opacity: 0.55, curveness: 0.5 }
        : { color: "#9db8d6", opacity: 0.55, curveness: 0.5 } })) }],
  }) };
}

const between = (links, name) => links.some((link) => link.source === name) && links.some((link) => link.target === name);
// One line when it fits; else the amount has its own, so that it is never broken at its comma.
const labelled = (name, amount, most) => (name.length + amount.length + 2 <= most ? `${name}, ${amount}` : `${name}\n${amount}`);

function total(links, name) {
  const out = links.filter((link) => link.source === name).reduce((sum, link) => sum + link.value, 0);
  const into = links.filter((link) => link.target === name).reduce((sum, link) => sum + link.value, 0);
  return Math.max(out, into).toLocaleString("en", { maximumSignificantDigits: 3 });
}
