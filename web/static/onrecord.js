// Enhancements only: every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (selector, within = document) => within.querySelector(selector);
  const form = () => document.getElementById("search");
  const isForm = () => form() && form().hasAttribute("hx-get") && window.htmx;

  // Addresses carry only what says something.
  document.addEventListener("formdata", (event) => {
    const kept = [...event.formData].filter(([, value]) => value !== "");
    for (const name of [...event.formData.keys()]) event.formData.delete(name);
    for (const [name, value] of kept) event.formData.append(name, value);
  });

  // A changed filter asks again at once; the place of the focus is kept.
  let focused = null;
  const refine = () => (isForm() ? window.htmx.trigger(form(), "refine") : form() && form().requestSubmit());
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.form && field.form === form() && isForm() && field.id !== "q") {
      focused = { name: field.name, value: field.type === "checkbox" ? field.value : null };
      if (field.type === "checkbox" && field.checked) {
        const excluded = (field.closest("li") || field.parentNode).querySelector('input[type="hidden"][name^="not."]');
        if (excluded) excluded.remove();
      }
      refine();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("#found [data-key], #found .histogram a");
    if (!link || !isForm()) return;
    const { key, period } = link.dataset;
    focused = { place: key ? `[data-key="${CSS.escape(key)}"]` : `.histogram a[data-period="${period}"]` };
    // The bars are links of a picture, which htmx passes over: what they lead to goes into the form.
    if (!key && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      const wanted = new URL(link.getAttribute("href"), location.href).searchParams;
      narrow(wanted.get("from") || "", wanted.get("to") || "");
    }
  });
  const openBoxes = new Map();
  document.addEventListener("toggle", (event) => {
    if (event.target.dataset && event.target.dataset.box) openBoxes.set(event.target.dataset.box, event.target.open);
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    setUp();
    if (event.detail.target && event.detail.target.id !== "found") return;
    for (const [name, open] of openBoxes) {
      const box = $(`details[data-box="${CSS.escape(name)}"]`);
      if (box) box.open = open;
    }
    const summary = document.getElementById("summary");
    const announce = document.getElementById("announce");
    if (summary && announce) announce.textContent = summary.textContent.trim();
    const home = location.search === "";
    document.body.classList.toggle("home", home);
    const claim = $("h1"), chips = document.querySelectorAll(".chips a:not(.clear)").length;
    if (claim) claim.classList.toggle("unseen", !home);
    for (const part of document.querySelectorAll("main > .figures, main > .start")) part.hidden = !home;
    const button = $(".filter-button");
    if (button) button.textContent = chips ? `Filters (${chips})` : "Filters";
    if (focused && focused.place) {
      const again = $(`#found ${focused.place}`);
      if (again) again.focus({ preventScroll: true });
      focused = null;
    } else if (focused) {
      const again = [...document.getElementsByName(focused.name)].find(
        (field) => field.type !== "hidden" && (focused.value === null || field.value === focused.value));
      if (again) again.focus({ preventScroll: true });
      focused = null;
    } else if (document.activeElement === document.body && summary) {
      summary.focus({ preventScroll: true });
      if (summary.getBoundingClientRect().top < 0) summary.scrollIntoView();
    }
  });
  // An answer that is an error page is shown as a page, not swallowed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 400) event.detail.shouldSwap = true;
  });
  // A second click on "Cite" or on the variants folds them again.
  document.addEventListener("htmx:confirm", (event) => {
    const link = event.target;
    if (!link.matches || !link.matches("a.act[hx-get]")) return;
    const place = $(link.getAttribute("hx-target"));
    const same = place && place.dataset.from === link.textContent;
    if (place) place.dataset.from = same ? "" : link.textContent;
    if (same) {
      event.preventDefault();
      place.replaceChildren();
    }
  });

  // Copy buttons.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("button.copy");
    if (!button) return;
    const text = button.closest(".citation").querySelector("pre").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button.closest(".citation").querySelector("pre"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });

  // Keys: "/" to the box, arrows through the results, Enter opens.
  const typing = (node) => node && (/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName) || node.isContentEditable);
  const step = (from, by) => {
    const cards = [...document.querySelectorAll(".results .card")];
    const next = cards[from === null ? 0 : cards.indexOf(from) + by];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
    return Boolean(next);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const here = document.activeElement;
    if (event.key === "/" && !typing(here)) {
      const box = document.getElementById("q") || $('input[type="search"]');
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
      return;
    }
    if (event.key === "ArrowDown" && here && here.id === "q") {
      if (step(null, 0)) event.preventDefault();
      return;
    }
    const card = here && here.closest ? here.closest(".results .card") : null;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && card) {
      event.preventDefault();
      if (!step(card, event.key === "ArrowDown" ? 1 : -1) && event.key === "ArrowUp") document.getElementById("q").focus();
    } else if (event.key === "Enter" && card === here && card && card.dataset.href) {
      location.href = card.dataset.href;
    } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && here && here.closest && here.closest(".histogram a")) {
      const bars = [...here.closest(".histogram").querySelectorAll("a")];
      const next = bars[bars.indexOf(here) + (event.key === "ArrowRight" ? 1 : -1)];
      if (next) {
        event.preventDefault();
        here.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      }
    }
  });

  const narrow = (from, to) => {
    $('input[type="date"][name="from"]').value = from;
    $('input[type="date"][name="to"]').value = to;
    refine();
  };

  // A range of months by dragging over the bars.
  const draggable = (chart) => {
    const bars = [...chart.querySelectorAll("[data-period]")];
    if (!bars.length || !$('input[type="date"][name="from"]')) return;
    let from = -1, to = -1, moved = false;
    const at = (event) => {
      const box = chart.getBoundingClientRect();
      return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
    };
    const paint = () => bars.forEach((bar, i) =>
      bar.classList.toggle("dragged", moved && i >= Math.min(from, to) && i <= Math.max(from, to)));
    chart.addEventListener("dragstart", (event) => event.preventDefault());
    chart.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = to = at(event);
      moved = false;
    });
    chart.addEventListener("pointermove", (event) => {
      if (from < 0) return;
      to = at(event);
      if (to !== from && !moved) {
        moved = true;
        chart.setPointerCapture(event.pointerId);
      }
      paint();
    });
    chart.addEventListener("pointerup", () => {
      if (moved) {
        const first = bars[Math.min(from, to)].dataset.period, last = bars[Math.max(from, to)].dataset.period;
        const end = last.length === 4 ? `${last}-12-31`
          : new Date(Date.UTC(+last.slice(0, 4), +last.slice(5), 0)).toISOString().slice(0, 10);
        narrow(first.length === 4 ? `${first}-01-01` : `${first}-01`, end);
      }
      from = -1;
      paint();
    });
    chart.addEventListener("pointercancel", () => { from = -1; moved = false; paint(); });
    chart.addEventListener("click", (event) => {
      if (moved) {
        event.preventDefault();
        event.stopPropagation();
        moved = false;
      }
    }, true);
  };

  const setUp = () => {
    for (const button of document.querySelectorAll("button.copy[hidden]")) button.hidden = false;
    for (const chart of document.querySelectorAll("#found .histogram:not([data-ready])")) {
      chart.dataset.ready = "";
      draggable(chart);
    }
  };
  const start = () => {
    setUp();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
