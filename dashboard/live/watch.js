// The watch: says LIVE, REPLAY or STALE by the browser's own clock. A server that is gone cannot say so
// itself, and a tab that slept wakes up with old numbers. It also turns the views of a wall, and
// loads the page anew where the connection does not come back by itself. On pages that say LIVE on
// their own it is quiet: only what they cannot know, that nothing comes any more, is said.

const TICK_MS = 500;
const SILENT_MS = 5000; // so long without a word from the server, and its numbers are old
const PROBE_MS = 5000; // between two questions whether a silent server answers again
const PROBES = 3; // answers without a word on the page before the page is loaded anew
const RECENT_MS = 2 * 24 * 3600 * 1000; // older than that, the date says more than the age
const IDLE_MS = 3000; // a pointer that rests so long is hidden

function age(passed) {
  const seconds = Math.max(0, Math.floor(passed / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400).toLocaleString("en")} days`;
}

const clock = (moment) => `${new Date(moment).toISOString().slice(11, 19)} UTC`;

// For how long the server has said nothing: one clock may be set back, the other stops in sleep.
const silence = ({ heardAt, heardTick }) => Math.max(Date.now() - heardAt, performance.now() - heardTick);

// When the numbers were last known to be true, or null while they are true now.
function staleSince({ vigilWatch }) {
  const { beat } = vigilWatch;
  return silence(vigilWatch) > SILENT_MS ? (beat.stale_since ?? beat.now) : beat.stale_since;
}

function texts(root) {
  const { beat } = root.vigilWatch;
  if (beat.quiet && silence(root.vigilWatch) <= SILENT_MS) return ["quiet"];
  const now = beat.now + silence(root.vigilWatch); // the server's clock: a screen's own is often wrong
  const since = staleSince(root);
  if (since !== null) {
    return ["stale", "STALE", `for ${age(now - since)}`, `last known values, of ${clock(since)}`, ""];
  }
  if (beat.incomplete) return ["incomplete", ...beat.incomplete, clock(now), ""];
  if (beat.replay) return ["replay", ...beat.replay, beat.lag];
  const passed = beat.newest === null ? null : now - beat.newest;
  const recent = passed !== null && passed >= 0 && passed < RECENT_MS;
  const newest = recent ? `newest item ${age(passed)} old` : beat.newest_text;
  return ["live", beat.word, clock(now), newest, beat.lag];
}

function say(root, look, words) {
  const made = root.children.length > 0;
  words.forEach((text, at) => {
    const part = made ? root.children[at] : root.appendChild(document.createElement(at ? "span" : "strong"));
    if (part.textContent !== text) part.textContent = text;
  });
  const running = look === "live" || look === "replay";
  root.lastChild.classList.toggle("v-alarm", running && root.vigilWatch.beat.lag_alarm);
  const wanted = { live: "v-live", replay: root.vigilWatch.beat.replay_look }[look] ?? "v-stale";
  if (root.firstChild.className !== wanted) root.firstChild.className = wanted;
}

function speak(root) {
  const [look, ...words] = texts(root);
  if (look === "quiet") root.replaceChildren();
  else say(root, look, words);
  return look;
}

function turn(wall, { rotate, views }) {
  const view = rotate ? views[Math.floor(Date.now() / 1000 / rotate) % views.length] : "all";
  if (wall.dataset.view !== view) wall.dataset.view = view;
}

async function probe(watch) {
  const silent = silence(watch);
  if (silent < SILENT_MS || silent - watch.probedAt < PROBE_MS) return;
  watch.probedAt = silent;
  const answer = await fetch(watch.beat.health, { cache: "no-store" }).catch(() => null);
  watch.answers = answer?.ok ? watch.answers + 1 : 0;
  if (watch.answers >= PROBES) window.location.reload();
}

function tick(root) {
  const look = speak(root);
  const wall = root.closest(".st-key-wall");
  if (wall) {
    if (wall.dataset.fresh !== look) wall.dataset.fresh = look;
    turn(wall, root.vigilWatch.beat);
    wall.classList.toggle("v-idle", Date.now() - (root.vigilMovedAt ?? 0) > IDLE_MS);
  }
  probe(root.vigilWatch);
}

function start(root) {
  const again = () => tick(root);
  const moved = () => {
    root.vigilMovedAt = Date.now();
  };
  root.vigilTimer = setInterval(again, TICK_MS);
  document.addEventListener("visibilitychange", again); // a tab that slept
  document.addEventListener("pointermove", moved);
  root.vigilStop = () => {
    clearInterval(root.vigilTimer);
    document.removeEventListener("visibilitychange", again);
    document.removeEventListener("pointermove", moved);
  };
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".vigil-watch");
  const heard = { heardAt: Date.now(), heardTick: performance.now() };
  root.vigilWatch = { beat: data, ...heard, probedAt: 0, answers: 0 };
  if (data.go && root.vigilGone !== data.go.clicked) {
    root.vigilGone = data.go.clicked;
    window.location.assign(window.location.pathname.replace(/[^/]*$/, "") + data.go.to);
  }
  if (!root.vigilTimer) start(root);
  tick(root);
  return () =>
    setTimeout(() => {
      if (!root.isConnected) root.vigilStop(); // the end, not only another update
    });
}
