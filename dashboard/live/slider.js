// The slider over the past: one stop for each moment at which anything became known, "now" last.
// It moves nothing but itself while it is dragged; the page follows when it is let go.

function build(root) {
  const range = document.createElement("input");
  range.type = "range";
  range.min = "0";
  range.step = "1";
  const words = document.createElement("output");
  root.append(range, words);
  range.addEventListener("input", () => say(root));
  range.addEventListener("change", () => {
    root.vigilChosen = root.vigilStops[range.value]?.[0];
    root.vigilPick("picked", root.vigilChosen);
  });
  root.vigilRange = range;
  root.vigilWords = words;
}

function say(root) {
  const words = root.vigilStops[root.vigilRange.value]?.[1] ?? "";
  root.vigilWords.textContent = words;
  root.vigilRange.setAttribute("aria-valuetext", words);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vigil-slider");
  root.vigilPick = setTriggerValue;
  if (!root.vigilRange) build(root);
  root.hidden = data.stops.length < 2;
  const range = root.vigilRange;
  // Somebody is dragging, or what was chosen has not come back yet: leave the hand alone.
  const held = range.matches(":active") || (root.vigilChosen ?? data.at) !== data.at;
  if (held && root.vigilPatience-- > 0) return;
  root.vigilPatience = 5;
  root.vigilChosen = undefined;
  root.vigilStops = data.stops;
  range.max = String(data.stops.length - 1);
  range.value = String(data.stops.findIndex(([code]) => code === data.at));
  range.setAttribute("aria-label", data.label);
  root.classList.toggle("vigil-past", data.at !== "");
  root.classList.toggle("vigil-stale", data.stale);
  say(root);
}
