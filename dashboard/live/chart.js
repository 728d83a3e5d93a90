// The live chart: one DOM node for the life of the page, Plotly.react on it, nothing thrown away.
// Zoom, pan and selection survive because the node, the library and `uirevision` stay the same.

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
  if (root.vigilBusy || root.vigilStamp === data.stamp) return;
  root.vigilBusy = true;
  try {
    const Plotly = await library(data.library);
    const { figure: text, config, stamp } = root.vigilWanted; // newer than `data`, perhaps
    if (!root.isConnected || root.clientWidth === 0) return drawWhenSeen(root);
    const figure = JSON.parse(text);
    // The config goes with the first draw only: where plotly finds it changed, it starts anew.
    await Plotly.react(root, figure.data, figure.layout, root.vigilStamp ? undefined : config);
    root.vigilStamp = stamp;
    if (!root.vigilListening) listen(root, Plotly);
  } finally {
    root.vigilBusy = false;
  }
  if (root.vigilStamp !== root.vigilWanted.stamp) await draw(root);
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

function attempt(root) {
  draw(root).catch((error) => root.setAttribute("data-problem", error.message));
}

function listen(root, Plotly) {
  root.vigilListening = true;
  root.on("plotly_click", (event) => {
    const picked = event.points[0]?.customdata?.[0];
    if (picked) root.vigilPick("picked", picked);
  });
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
      root.vigilResize?.disconnect();
      if (window.Plotly) window.Plotly.purge(root);
    });
}
