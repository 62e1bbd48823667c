// JSON results -> a picture: the medians of one profile as bars, a row for each player, in plain SVG. Every bar carries
// its figure, and our own row its name in bold, so that nothing is told by colour alone. The picture brings its own light
// ground, and so looks the same on a dark page.
import { PROFILES } from './measure.mjs';
import { median } from './report.mjs';

const PANELS = [['fcp', 'First paint'], ['answerable', 'Answerable'], ['graded', 'First graded answer']];
const GROUND = '#fbfaf7';
const EDGE = '#e3e0d8';
const BAND = '#eaf0fb';
const OURS = '#2a55b8';
const OTHER = '#b4bbc7';
const INK = '#1c2330';
const QUIET = '#586172';

const WIDTH = 840;
const MARGIN = 32;
const NAMES = 128; // the column of names
const GAP = 28;
const FIGURE = 50; // room for the figure right of the longest bar
const TOP = 122; // where the rows begin
const ROW = 32;
const BAR = 12;

const esc = (s) => String(s).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const digits = (ms) => Math.round(ms).toLocaleString('en').replace(/,/g, '\u202f');

export function plot(out, profile) {
  const { cpu, net } = PROFILES[profile];
  const players = out.peers
    .map((peer) => ({ peer, at: Object.fromEntries(PANELS.map(([key]) => [key, median(out.results.filter((r) => r.peer === peer.name && r.profile === profile && !r.error).map((r) => r[key]))])) }))
    .filter((p) => Object.values(p.at).every(Number.isFinite))
    .sort((a, b) => a.at.answerable - b.at.answerable);
  const panel = (WIDTH - 2 * MARGIN - NAMES - (PANELS.length - 1) * GAP) / PANELS.length;
  const left = (k) => MARGIN + NAMES + k * (panel + GAP);
  const bottom = TOP + players.length * ROW;
  const height = bottom + 68;
  const text = (x, y, size, fill, content, more = '') => `<text x="${+x.toFixed(1)}" y="${+y.toFixed(1)}" font-size="${size}" fill="${fill}"${more}>${esc(content)}</text>`;
  const bold = ' font-weight="600"';

  const lines = [
    text(MARGIN, 46, 19, INK, 'How soon a learner can read, answer and see the result', bold),
    text(MARGIN, 69, 13, QUIET, `As on a phone: processor ${cpu} times slower, ${net.down / 1000} Mbit/s, ${net.rtt} ms for each request. Milliseconds; shorter is better.`),
    ...PANELS.map(([, title], k) => text(left(k), TOP - 14, 13, INK, title, bold)),
  ];
  const longest = Object.fromEntries(PANELS.map(([key]) => [key, Math.max(...players.map((p) => p.at[key]))]));
  players.forEach(({ peer, at }, i) => {
    const y = TOP + i * ROW;
    const middle = y + ROW / 2;
    const ours = peer.name === out.ours;
    if (ours) lines.push(`<rect x="${MARGIN - 14}" y="${y}" width="${WIDTH - 2 * MARGIN + 28}" height="${ROW}" rx="7" fill="${BAND}"/>`);
    lines.push(text(MARGIN, middle + 4.5, 13.5, INK, peer.title || peer.name, ours ? bold : ''));
    PANELS.forEach(([key], k) => {
      const length = Math.max(2, (at[key] / longest[key]) * (panel - FIGURE));
      lines.push(`<rect x="${left(k).toFixed(1)}" y="${middle - BAR / 2}" width="${length.toFixed(1)}" height="${BAR}" rx="2" fill="${ours ? OURS : OTHER}"/>`);
      lines.push(text(left(k) + length + 8, middle + 4.5, 13, INK, digits(at[key]), ours ? bold : ''));
    });
  });
  const floor = players.find((p) => p.peer.name === out.floor)?.peer.title;
  lines.push(text(MARGIN, bottom + 28, 12, QUIET, `Medians of ${out.runs} ${out.runs === 1 ? 'run' : 'runs'}, every player with the same module. Each column has its own scale.`));
  if (floor) lines.push(text(MARGIN, bottom + 46, 12, QUIET, `“${floor}” is a page for this one module without any player: the floor.`));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-variant-numeric="tabular-nums">
<title id="title">Medians in milliseconds on the phone profile: ${esc(players.map(({ peer, at }) => `${peer.title || peer.name}: ${PANELS.map(([key, title]) => `${title.toLowerCase()} ${Math.round(at[key])}`).join(', ')}`).join('; '))}</title>
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="14" fill="${GROUND}" stroke="${EDGE}"/>
${lines.join('\n')}
</svg>
`;
}
