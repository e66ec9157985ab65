// node build.mjs TARGET: charts.mjs and what it uses of ECharts, in one file without comments.
import { build } from "esbuild";

await build({
  entryPoints: ["charts.mjs"],
  outfile: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Apache ECharts and zrender, Apache-2.0 and BSD-3-Clause */" },
});
