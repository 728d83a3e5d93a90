// The live text: a tree of plain values becomes elements and text nodes. No HTML is ever parsed.
// Updates change only what differs, so that scrolling, focus and a selected text stay.

const TAGS = new Set([
  "a", "blockquote", "button", "caption", "cite", "code", "dd", "div", "dl", "dt", "footer", "h1",
  "h2", "h3", "header", "li", "mark", "ol", "p", "section", "small", "span", "strong", "table",
  "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul",
]);

const MOVE = { duration: 450, easing: "ease-in-out" }; // over before the next second's change

function make(value) {
  if (typeof value === "string") return document.createTextNode(value);
  if (!TAGS.has(value.tag)) throw new Error(`no such element here: ${value.tag}`);
  const element = document.createElement(value.tag);
  dress(element, value);
  for (const child of value.children) element.append(make(child));
  return element;
}

function put(element, name, value) {
  if (value === undefined || value === "") element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function dress(element, value) {
  put(element, "class", value.look);
  put(element, "aria-label", value.label);
  put(element, "data-pick", value.pick);
  put(element, "data-key", value.key);
  if (value.tag === "button") put(element, "type", "button");
  if (value.tag === "th") put(element, "scope", value.state);
  else put(element, "aria-pressed", value.state && String(value.state === "on"));
  const web = value.href && /^https?:$/.test(new URL(value.href).protocol);
  const inside = value.way !== undefined && /^(evidence|health|replay)?\?/.test(value.way);
  put(element, "href", web ? value.href : inside ? overview() + value.way : undefined);
  put(element, "rel", web ? "noopener noreferrer" : undefined);
  put(element, "target", web ? "_blank" : inside ? "_self" : undefined);
}

// The overview stands beside the other pages, wherever the dashboard is mounted.
function overview() {
  return window.location.pathname.replace(/[^/]*$/, "");
}

function patch(place, old, value) {
  if (JSON.stringify(old) === JSON.stringify(value)) return;
  if (typeof old === "string" && typeof value === "string") {
    place.data = value;
  } else if (typeof old === "string" || typeof value === "string" || old.tag !== value.tag) {
    place.replaceWith(make(value));
  } else {
    dress(place, value);
    patchChildren(place, old.children, value.children);
  }
}

function patchChildren(place, old, wanted) {
  if (wanted.some((value) => value.key)) return patchKeyed(place, old, wanted);
  const there = [...place.childNodes];
  wanted.forEach((value, at) => {
    if (at < there.length) patch(there[at], old[at], value);
    else place.append(make(value));
  });
  there.slice(wanted.length).forEach((left) => left.remove());
}

// Those with a key keep their element wherever they stand now.
function patchKeyed(place, old, wanted) {
  const there = [...place.childNodes];
  const known = new Map(old.map((value, at) => [value.key, [there[at], value]]));
  const kept = new Set(wanted.map((value) => value.key));
  old.forEach((value, at) => kept.has(value.key) || there[at].remove());
  wanted.forEach((value, at) => {
    const [element, before] = known.get(value.key) ?? [make(value), value];
    patch(element, before, value);
    if (place.childNodes[at] !== element) place.insertBefore(element, place.childNodes[at] ?? null);
  });
}

// Elements with a key glide from where they stood to where they stand.
function glide(root, change) {
  const boxes = new Map([...root.querySelectorAll("[data-key]")].map((one) => [one, at(one)]));
  change();
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const one of root.querySelectorAll("[data-key]")) {
    const [left, top] = at(one);
    const [x, y] = boxes.get(one) ?? [left, top];
    const from = boxes.has(one) ? {} : { opacity: 0 };
    if (x === left && y === top && boxes.has(one)) continue;
    one.animate([{ transform: `translate(${x - left}px, ${y - top}px)`, ...from }, {}], MOVE);
  }
}

function at(element) {
  return [element.offsetLeft, element.offsetTop];
}

// Escape belongs to whatever is open or being typed in; the page gets it otherwise.
function listenForEscape(root) {
  root.vigilKeys = (event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", root.vigilKeys, true);
    if (event.key !== "Escape" || event.defaultPrevented || !root.vigilEscape) return;
    const open = "[role=dialog], [role=listbox]";
    if (event.target.closest?.(`input, textarea, ${open}`) || document.querySelector(open)) return;
    root.vigilEscape();
  };
  document.addEventListener("keydown", root.vigilKeys, true); // before what is open closes
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vigil-board");
  put(root, "class", `vigil-board vigil-board-${data.name}${data.stale ? " vigil-stale" : ""}`);
  if (data.children !== null) {
    // Nothing known: what is shown stays.
    glide(root, () => patchChildren(root, root.vigilShown ?? [], data.children));
    root.vigilShown = data.children;
  }
  root.onclick = (event) => {
    const picked = event.target.closest("[data-pick]");
    if (picked) setTriggerValue("picked", picked.dataset.pick);
  };
  root.vigilEscape = data.escape && (() => setTriggerValue("picked", data.escape));
  if (data.escape && !root.vigilKeys) listenForEscape(root);
}
