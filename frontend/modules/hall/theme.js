// An edition's own colour, made light enough to be read on a dark board or dark enough on white paper.
const HEX = /^#[0-9a-f]{6}$/i;
const ENOUGH = 4.5;

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function light([r, g, b]) {
  const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

export function contrast(one, other) {
  const [more, less] = [light(one), light(other)].sort((a, b) => b - a);
  return (more + 0.05) / (less + 0.05);
}

export function readable(accent, paper) {
  const end = light(paper) < 0.2 ? 255 : 0;
  let colour = channels(accent);
  for (let step = 0; step < 20 && contrast(colour, paper) < ENOUGH; step++) colour = colour.map((c) => Math.round(c + (end - c) * 0.12));
  return colour;
}

// The part may be see-through; what it is read on is the first thing behind it with a colour.
function paper(part) {
  const [r, g, b, alpha = 1] = getComputedStyle(part).backgroundColor.match(/[\d.]+/g).map(Number);
  return alpha || part === document.documentElement ? [r, g, b] : paper(part.parentElement);
}

export function dress(part, theme = {}) {
  for (const name of ["--seal", "--seal-ink"]) part.style.removeProperty(name);
  if (!HEX.test(theme.accent ?? "")) return;
  const colour = readable(theme.accent, paper(part));
  part.style.setProperty("--seal", `rgb(${colour.join(" ")})`);
  part.style.setProperty("--seal-ink", contrast(colour, [255, 255, 255]) > contrast(colour, [22, 21, 18]) ? "#fff" : "#161512");
}
