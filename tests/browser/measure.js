// What the tests measure on the page; put there before the page's own script runs, out of reach of its policy.
window.measure = {
  // Left, top, right, bottom in the page, and the first words, of every visible element.
  boxes: (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).map((e) => {
    const b = e.getBoundingClientRect();
    return [b.left, b.top + scrollY, b.right, b.bottom + scrollY, e.textContent.trim().slice(0, 40)];
  }),
  // The smallest letters on the screen, with what they say.
  smallest: () => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && [...e.childNodes].some((c) => c.nodeType === 3 && c.data.trim()) && !e.closest(".sr,script,style,title,option"))
    .map((e) => [parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement ? e.getScreenCTM().a : 1), e.textContent.trim().slice(0, 40)])
    .sort((x, y) => x[0] - y[0])[0],
  // The words of a mesa's boxes that stand out of their box.
  outside: () => [...document.querySelectorAll(".board .row, .board .pill")].filter((a) => a.checkVisibility()).flatMap((a) => {
    const r = a.querySelector("rect").getBoundingClientRect();
    return [...a.querySelectorAll(":scope > text")].filter((text) => {
      const b = text.getBoundingClientRect();
      return b.left < r.left || b.right > r.right || b.top < r.top - 1 || b.bottom > r.bottom + 1;
    }).map((text) => text.textContent);
  }),
  // The cards of the explorer as drawn (vis adds the corner's radius to its own bounding boxes).
  cards: () => {
    const net = document.querySelector("#net").net;
    net.redraw();
    return net.body.nodeIndices.map((id) => {
      const {left, top, width, height} = net.body.nodes[id].shape, a = net.canvasToDOM({x: left, y: top}), z = net.canvasToDOM({x: left + width, y: top + height});
      return [a.x, a.y, z.x, z.y, String(id)];
    });
  },
  centres: () => [...document.querySelectorAll("#v-explore select option")].map((o) => +o.value),
  letters: () => {
    const net = document.querySelector("#net").net, sizes = Object.values(net.body.nodes).map((n) => n.options.font && n.options.font.size).filter(Boolean);
    return Math.min(...sizes) * net.getScale();
  },
  names: () => {
    const net = document.querySelector("#net").net;
    return Object.values(net.body.nodes).filter((n) => n.options.label).map((n) => {
      const s = n.labelModule.size, a = net.canvasToDOM({x: s.left, y: s.top}), z = net.canvasToDOM({x: s.left + s.width, y: s.top + s.height});
      return [a.x, a.y, z.x, z.y, n.options.label];
    });
  },
  // Per stance: how its line is drawn, and its sign.
  stances: () => ["propose", "plus", "minus", "about"].map((s) => {
    const wire = document.querySelector(".wire.s-" + s), line = getComputedStyle(wire.querySelector(".line"));
    return [line.strokeDasharray + " " + line.strokeWidth, wire.querySelector(".sign").getAttribute("d")];
  }),
  // Lines that lie over a box of their board by more than three pixels.
  crossings: () => [...document.querySelectorAll(".wire")].filter((wire) => {
    const a = wire.querySelector(".line").getBoundingClientRect();
    return [...wire.closest("svg").querySelectorAll(".row > rect, .pill > rect")].some((rect) => {
      const b = rect.getBoundingClientRect();
      return a.top < b.bottom && b.top < a.bottom && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3;
    });
  }).length,
  // Lines whose sign does not stand beside the box of their row.
  astray: () => [...document.querySelectorAll(".wire")].filter((wire) => {
    const s = wire.querySelector("circle").getBoundingClientRect();
    const r = wire.closest("svg").querySelector(`.row[data-n="${wire.dataset.r}"] rect`).getBoundingClientRect();
    return s.top < r.top - 1 || s.bottom > r.bottom + 1 || Math.min(Math.abs(s.right - r.left), Math.abs(s.left - r.right)) > 6;
  }).length,
  // How wide each letter is in the page's own letters, in thousandths of their size.
  letter: (letters, weight) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${weight} 1000px "Mesa Sans"`;
    return [...letters].map((letter) => pen.measureText(letter).width);
  },
  face: () => [...new Set([...document.fonts].filter((face) => face.status === "loaded").map((face) => face.family.replaceAll('"', "")))].sort(),
  places: () => {
    const net = document.querySelector("#net") && document.querySelector("#net").net;
    return [net ? net.getPositions() : null, window.measure.boxes(".board a")];
  },
  // Frames per second while the whole network is moved about.
  frames: () => new Promise((done) => {
    const net = document.querySelector("#net").net, start = performance.now();
    let frames = 0;
    const step = (now) => {
      net.moveTo({offset: {x: Math.sin(frames / 9) * 20, y: 5}, animation: false});
      frames++;
      if (now - start < 1500) requestAnimationFrame(step); else done(frames / (now - start) * 1000);
    };
    requestAnimationFrame(step);
  }),
  counts: () => Object.fromEntries([...document.querySelectorAll("#legend [data-f]")].map((i) => [i.dataset.f, +i.parentNode.querySelector("small").textContent])),
  // The key, without its kind, of the first node of a kind.
  first: (kind) => JSON.parse(document.querySelector("#kg-nodes").textContent).find((n) => n.group === kind).key.split("/").slice(1).join("/"),
  link: (e) => [e.getAttribute("class").split(" ")[0], e.dataset.n, e.dataset.a || ""],
  violations: async () => (await axe.run({resultTypes: ["violations"]})).violations.map((v) => [v.impact, v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]),
  // All words on the page that are not quoted or a name in another language, labels and hints too.
  interface: () => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
      const e = walk.currentNode.parentElement;
      if (e.checkVisibility() && !e.closest("q, .q, [lang]:not(html):not(.seg button), script, style")) found.push(walk.currentNode.data.trim());
    }
    const spoken = [...document.querySelectorAll("[aria-label], [placeholder], [title]")].filter((e) => e.checkVisibility());
    return [...found, ...spoken.flatMap((e) => [e.ariaLabel, e.placeholder, e.title])].filter(Boolean);
  },
  // What a finger would miss.
  small: () => [...document.querySelectorAll("button, select, summary, input[type=search], .check")].filter((e) => e.checkVisibility())
    .map((e) => [e.getBoundingClientRect().height, e.textContent.slice(0, 30)]).filter(([height]) => height < 39.5),
  // What the keyboard would miss; a tab list has one stop, and arrows.
  unreachable: () => [...document.querySelectorAll("button, a[href], input, select, summary")]
    .filter((e) => e.checkVisibility() && e.tabIndex < 0 && e.getAttribute("role") !== "tab").map((e) => e.outerHTML.slice(0, 80)),
};
