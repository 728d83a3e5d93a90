// What is on the screen as a file: a picture that is drawn here, and a table the server sends.
// Nothing leaves the page: charts become SVG, texts are drawn where they stand, fonts are ours.

const SCALE = 2; // pixels of the picture for one of the screen: fit to print
const EDGE = 32;
const HEAD = 64;
const FOOT = 52;

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const seen = (element) => element && element.getBoundingClientRect().width > 0 && !element.hidden;

function found(kind, names) {
  return names.map((name) => document.querySelector(`.vigil-${kind}-${name}`)).filter(seen);
}

function around(elements) {
  const boxes = elements.map((one) => one.getBoundingClientRect()).filter((box) => box.height > 0);
  const left = Math.floor(Math.min(...boxes.map((box) => box.left)));
  const top = Math.floor(Math.min(...boxes.map((box) => box.top)));
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right))) - left;
  const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom))) - top;
  return { left, top, width, height };
}

function dataOf(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

// An SVG that becomes a picture knows no font of its page: it takes them along.
async function fonts(family) {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules];
    } catch {
      return []; // of another origin: none of ours
    }
  });
  const ours = rules.filter(
    (rule) =>
      rule instanceof CSSFontFaceRule &&
      rule.style.getPropertyValue("font-family").replace(/["']/g, "") === family &&
      rule.style.getPropertyValue("font-style") !== "italic",
  );
  const faces = ours.map(async ({ style, parentStyleSheet }) => {
    const source = /url\(["']?([^"')]+)/.exec(style.getPropertyValue("src"))?.[1];
    const address = new URL(source, parentStyleSheet?.href ?? document.baseURI);
    if (!source || address.origin !== location.origin) return "";
    const weight = style.getPropertyValue("font-weight") || "400";
    const font = await dataOf(await (await fetch(address)).blob());
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url("${font}")}`;
  });
  return (await Promise.all(faces)).join("");
}

async function drawing(chart, faces) {
  const { width, height } = chart.getBoundingClientRect();
  const size = { width: Math.round(width), height: Math.round(height) };
  const svg = await window.Plotly.toImage(chart, { format: "svg", ...size });
  const text = decodeURIComponent(svg.slice(svg.indexOf(",") + 1));
  const dressed = text.replace(/(<svg[^>]*>)/, `$1<style>${faces}</style>`);
  const address = URL.createObjectURL(new Blob([dressed], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  return image;
}

function fontOf(style) {
  return `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
}

// Each word where it stands on the screen: the browser has broken the lines already.
function writeTexts(pen, board) {
  const walker = document.createTreeWalker(board, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const style = getComputedStyle(node.parentElement);
    pen.font = fontOf(style);
    pen.fillStyle = style.color;
    pen.letterSpacing = style.letterSpacing === "normal" ? "0px" : style.letterSpacing;
    for (const { index, 0: word } of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const [box] = range.getClientRects();
      if (box) pen.fillText(word, box.left, box.top + pen.measureText(word).fontBoundingBoxAscent);
    }
  }
  pen.letterSpacing = "0px";
}

// The small squares of a key; one with lines in it is hatched.
function paintSwatches(pen, board) {
  for (const swatch of board.querySelectorAll(".v-swatch")) {
    const { left, top, width, height } = swatch.getBoundingClientRect();
    const style = getComputedStyle(swatch);
    const colours = style.backgroundImage.match(/rgba?\([^)]*\)/g);
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
    pen.fillStyle = colours?.[1] ?? style.backgroundColor;
    if (!colours) pen.fillRect(left, top, width, height);
    const lean = style.backgroundImage.includes("135deg") ? -1 : 1;
    pen.strokeStyle = colours?.[0] ?? "transparent";
    pen.lineWidth = 1.5;
    for (let at = -height; at < width + height; at += 5) {
      pen.beginPath();
      pen.moveTo(left + at, top + (lean < 0 ? height : 0));
      pen.lineTo(left + at + height, top + (lean < 0 ? 0 : height));
      pen.stroke();
    }
    pen.strokeRect(left, top, width, height);
    pen.restore();
  }
}

// A line that would not fit becomes smaller, never cut.
function writeLine(pen, text, { x, y, room, size, weight, colour, family, right }) {
  for (let px = size; px >= 9; px -= 1) {
    pen.font = `${weight} ${px}px ${family}`;
    if (pen.measureText(text).width <= room) break;
  }
  pen.fillStyle = colour;
  pen.fillText(text, right ? x - pen.measureText(text).width : x, y);
}

function made() {
  const now = new Date().toISOString();
  const month = new Date().toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
  return `Made ${Number(now.slice(8, 10))} ${month} ${now.slice(0, 4)}, ${now.slice(11, 16)} UTC`;
}

// What the watch says on top of a page whose server is gone: nothing while it is there.
function silent() {
  return [...document.querySelectorAll(".st-key-top .vigil-watch > *")]
    .map((one) => one.textContent)
    .filter(Boolean)
    .join(" ");
}

async function picture({ charts: names, boards: beside, title, note, source }) {
  const right = [silent(), note, made()].filter(Boolean).join(" · ");
  const charts = found("chart", names).filter((chart) => chart.vigilStamp !== undefined);
  const boards = found("board", beside);
  const region = around([...charts, ...boards]);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--v-${name}`).trim();
  const family = getComputedStyle(document.querySelector(".vigil-board")).fontFamily;
  const faces = await fonts(family.split(",")[0].replace(/["']/g, "").trim());
  const images = await Promise.all(charts.map((chart) => drawing(chart, faces)));
  const canvas = document.createElement("canvas");
  const width = region.width + 2 * EDGE;
  const height = region.height + HEAD + FOOT;
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  pen.fillStyle = colour("ground");
  pen.fillRect(0, 0, width, height);
  pen.save();
  pen.translate(EDGE - region.left, HEAD - region.top);
  charts.forEach((chart, at) => {
    const box = chart.getBoundingClientRect();
    pen.drawImage(images[at], box.left, box.top, box.width, box.height);
  });
  for (const board of boards) {
    paintSwatches(pen, board);
    writeTexts(pen, board);
  }
  pen.restore();
  const line = { family, room: width - 2 * EDGE, x: EDGE };
  writeLine(pen, title, { ...line, y: 38, size: 24, weight: 700, colour: colour("ink") });
  const foot = { ...line, y: height - 20, size: 15, weight: 400, colour: colour("muted") };
  writeLine(pen, source, { ...foot, room: line.room / 2 });
  writeLine(pen, right, { ...foot, room: line.room / 2 - 24, x: width - EDGE, right: true });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

function build(root) {
  for (const [kind, label] of [["csv", "CSV"], ["png", "PNG"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.dataset.kind = kind;
    root.append(button);
  }
  root.onclick = (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.kind === "csv") root.vigilPick("picked", "csv");
    if (button?.dataset.kind === "png") savePicture(root, button);
  };
}

async function savePicture(root, button) {
  if (button.disabled) return;
  button.disabled = true;
  try {
    download(await picture(root.vigilPicture), `${root.vigilPicture.file}.png`);
    root.removeAttribute("data-problem");
  } catch (error) {
    root.setAttribute("data-problem", error.message);
    console.error(error);
  } finally {
    button.disabled = false;
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".vigil-save");
  root.vigilPick = setTriggerValue;
  root.vigilPicture = data.picture;
  if (!root.firstChild) build(root);
  root.hidden = data.hidden;
  for (const button of root.children) {
    button.title = data.titles[button.dataset.kind];
    button.setAttribute("aria-label", button.title);
  }
  const sheet = data.sheet;
  if (sheet && sheet.number !== root.vigilSaved) {
    root.vigilSaved = sheet.number;
    download(new Blob([sheet.text], { type: "text/csv;charset=utf-8" }), `${sheet.file}.csv`);
  }
}
