// Suggestions under a text field: the ARIA combobox pattern with list autocomplete. Without this file fields stay fields.
(() => {
  "use strict";

  // Where suggestions come from, and what each puts into the field.
  const SOURCES = {
    search: {
      address: (text) => `/api/v1/suggest?q=${encodeURIComponent(text)}`,
      read: (body) => body.suggestions.map((found) => ({ text: found.text, kind: found.kind, count: found.count, value: found.query })),
      submit: true,
    },
    speakers: {
      address: (text) => `/api/v1/speakers?per_page=8&q=${encodeURIComponent(text)}`,
      read: (body) => body.speakers.map((who) => ({
        text: who.name,
        kind: who.roles.length ? who.roles[0].text : who.kind,
        count: who.quotes,
        value: body.speakers.filter((other) => other.name === who.name).length > 1 ? who.slug : who.name,
      })),
      submit: false,
    },
  };
  let made = 0;

  const combobox = (input) => {
    const source = SOURCES[input.dataset.suggest], list = document.createElement("ul");
    const status = document.createElement("span");
    let asked = 0, waiting = 0, chosen = -1;
    list.id = `suggestions-${++made}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    status.className = "unseen";
    status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    (input.closest(".field") || input.parentNode).append(list, status);

    const close = () => {
      clearTimeout(waiting);
      asked += 1;
      list.hidden = true;
      status.textContent = "";
      choose(-1);
      input.setAttribute("aria-expanded", "false");
    };
    const choose = (place) => {
      chosen = place;
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
      if (place >= 0) {
        input.setAttribute("aria-activedescendant", list.children[place].id);
        list.children[place].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    const take = (option) => {
      input.value = option.dataset.value;
      close();
      if (source.submit) input.form.requestSubmit();
    };
    const show = (found) => {
      list.replaceChildren(...found.map((suggestion, i) => {
        const option = document.createElement("li"), text = document.createElement("bdi"), kind = document.createElement("span");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = suggestion.value;
        text.textContent = suggestion.text;
        kind.className = "kind";
        kind.textContent = `${suggestion.kind} · ${suggestion.count.toLocaleString("en")}`;
        option.append(text, kind);
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(option));
        return option;
      }));
      choose(-1);
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = found.length ? `${found.length} suggestion${found.length > 1 ? "s" : ""}, arrows choose` : "No suggestions";
    };
    const ask = async () => {
      const turn = ++asked, text = input.value;
      if (text.trim().length < 2) return close();
      try {
        const answer = await fetch(source.address(text));
        const found = answer.ok ? source.read(await answer.json()) : [];
        if (turn === asked && document.activeElement === input) show(found);
      } catch {
        if (turn === asked) close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden, last = list.children.length - 1;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key === "ArrowDown" && event.altKey) {
        event.preventDefault();
        ask();
      } else if (open && event.key === "ArrowDown") {
        event.preventDefault();
        choose(chosen >= last ? -1 : chosen + 1);
      } else if (open && event.key === "ArrowUp") {
        event.preventDefault();
        choose(chosen < 0 ? last : chosen - 1);
      } else if (open && event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (open && (event.key === "Home" || event.key === "End")) {
        choose(-1); // back to the words; the cursor goes to their beginning or end
      } else if (event.key === "Enter") {
        if (open && chosen >= 0) {
          event.preventDefault();
          take(list.children[chosen]);
        } else close();
      }
    });
  };

  const start = () => document.querySelectorAll("input[data-suggest]").forEach(combobox);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
