// The live chart: one DOM node for the life of the page, Plotly.react on it, nothing thrown away.
// Zoom, pan and selection survive because the node, the library and `uirevision` stay the same.

const PATIENCE_MS = 5000; // a figure that is not drawn by then never will be
const LONGEST_PAUSE_MS = 60000; // between two tries to draw what could not be drawn

function library(address) {
  if (!window.vigilPlotly) {
    window.vigilPlotly = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        window.vigilPlotly = undefined; // the next update tries again
        script.remove();
        reject(new Error("plotly.js did not load"));
      };
      document.head.append(script);
    });
  }
  return window.vigilPlotly;
}

async function draw(root) {
  const data = root.vigilWanted;
  if (root.vigilStamp === data.stamp) return;
  root.vigilBusy = true;
  try {
    const Plotly = await library(data.library);
    const { figure: text, config, stamp } = root.vigilWanted; // newer than `data`, perhaps
    if (!root.isConnected || root.clientWidth === 0) return drawWhenSeen(root);
    const figure = JSON.parse(text);
    // The config goes with the first draw only: where plotly finds it changed, it starts anew.
    const drawn = Plotly.react(root, figure.data, figure.layout, root.vigilStamp ? undefined : config);
    await inTime(drawn);
    root.vigilStamp = stamp;
    if (!root.vigilListening) {
      listen(root, Plotly);
      moveFromNowOn(root);
    }
  } finally {
    root.vigilBusy = false;
  }
  if (root.vigilStamp !== root.vigilWanted.stamp) await draw(root);
}

// Only what changes moves. On its way to the first picture plotly finds its margins in several
// steps: bars that glide through them would be seen, and clicked, where they do not belong.
function moveFromNowOn(root) {
  requestAnimationFrame(() => requestAnimationFrame(() => root.classList.add("vigil-drawn")));
}

// A chart that is not shown has no size to be drawn in: it waits until it has one.
function drawWhenSeen(root) {
  if (root.vigilWaiting) return;
  root.vigilWaiting = new ResizeObserver(() => {
    if (!root.isConnected || root.clientWidth === 0) return;
    root.vigilWaiting.disconnect();
    root.vigilWaiting = undefined;
    attempt(root);
  });
  root.vigilWaiting.observe(root);
}

function inTime(promise) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error("plotly.js did not finish a figure")), PATIENCE_MS);
  });
  return Promise.race([promise, late]);
}

// A figure that failed would stay the old one until the numbers change, and look as if it were
// of now: it is tried again, and from nothing, for half a figure is nothing to go on from.
async function attempt(root) {
  if (root.vigilBusy) return; // it asks by itself what is wanted when it is done
  try {
    await draw(root);
    root.removeAttribute("data-problem");
    root.vigilFailed = 0;
    clearTimeout(root.vigilAgain);
  } catch (error) {
    root.setAttribute("data-problem", error.message);
    root.vigilFailed = (root.vigilFailed ?? 0) + 1;
    clearTimeout(root.vigilAgain);
    const pause = Math.min(500 * 2 ** root.vigilFailed, LONGEST_PAUSE_MS);
    root.vigilAgain = setTimeout(() => anew(root), pause);
  }
}

function anew(root) {
  if (!root.isConnected) return;
  clear(root);
  root.vigilStamp = undefined;
  root.vigilListening = false;
  root.classList.remove("vigil-drawn");
  attempt(root);
}

function clear(root) {
  root.vigilResize?.disconnect();
  if (window.Plotly) window.Plotly.purge(root);
}

function send(root, codes, how) {
  if (codes.length) root.vigilPick("picked", JSON.stringify({ codes, ...how }));
}

function clicked(root, { points, event }) {
  const picked = points[0]?.customdata?.[0];
  if (!picked) return;
  if (!root.vigilWanted.filters) return root.vigilPick("picked", picked);
  const figure = figureAt(root, event);
  if (figure) return send(root, [figure], { number: true });
  send(root, [picked], { more: event.shiftKey || event.ctrlKey || event.metaKey });
}

// The figure beside a bar asks for its sentences. It may stand outside what plotly listens to.
function figureAt(root, { clientX, clientY }) {
  for (const text of root.querySelectorAll(".bars .point text")) {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) continue;
    const { trace } = text.closest(".trace").__data__[0];
    return trace.customdata?.[text.closest(".point").__data__.i]?.[0];
  }
  return undefined;
}

// What is in a box or a lasso is filtered for: the drawn outline has done its work.
function selected(root, event, Plotly) {
  if (!event || !root.vigilWanted.filters) return;
  const codes = [...new Set(event.points.map(({ customdata }) => customdata?.[0]))].filter(Boolean);
  Plotly.update(root, { selectedpoints: [null] }, { selections: [] });
  Plotly.Fx.unhover?.(root); // what is under the mouse now is something else
  send(root, codes, { drawn: true });
}

function listen(root, Plotly) {
  root.vigilListening = true;
  root.on("plotly_click", (event) => clicked(root, event));
  root.on("plotly_selected", (event) => selected(root, event, Plotly));
  root.on("plotly_clickannotation", ({ annotation }) => send(root, [annotation.x], { number: true }));
  root.onclick = (event) => {
    if (!root.vigilWanted.filters || event.target.closest(".draglayer")) return;
    const figure = figureAt(root, event);
    if (figure) send(root, [figure], { number: true });
  };
  root.vigilResize = new ResizeObserver(() => {
    if (root.isConnected && root.clientWidth > 0) Plotly.Plots.resize(root);
  });
  root.vigilResize.observe(root);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vigil-chart");
  if (data.figure !== null) root.vigilWanted = data; // nothing known: what is drawn stays
  root.vigilPick = setTriggerValue;
  // Never `className`: plotly knows its node by a class it put there, and starts anew without it.
  root.classList.add(`vigil-chart-${data.name}`);
  root.classList.toggle("vigil-stale", data.stale);
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", data.label);
  if (root.vigilWanted) attempt(root);
  return () =>
    setTimeout(() => {
      if (root.isConnected) return; // only another update, not the end
      clear(root);
    });
}
