"use strict";
(() => {
  const root = document.documentElement, get = (id) => document.getElementById(id);
  const data = JSON.parse(get("data").textContent);
  const slider = get("day"), date = get("date"), dayOf = get("day-of"), play = get("play"), days = get("days");
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));
  const last = data.days.length - 1;
  const rows = (told) => {
    let row = Array.from(told[0] || "");
    return told.map((turned, day) => {
      row = row.slice();
      for (let k = 0; day && k < turned.length; k += 3) row[parseInt(turned.slice(k, k + 2), 36)] = turned[k + 2];
      return row;
    });
  };
  // The page comes with its maps drawn for one day: what is needed to draw another waits until somebody is there to ask.
  let drawing = null;
  const ready = () => {
    if (drawing) return drawing;
    for (const one of [data.held, data.there]) for (const key of Object.keys(one)) one[key] = rows(one[key]);
    data.odds = rows(data.odds);
    data.gains = rows(data.gains);
    drawing = { maps: all("svg[data-course]").map(marked), odds: all("svg[data-odds] .odds > circle").map(placed) };
    return drawing;
  };
  const placed = (circle, i) => {
    const title = circle.querySelector("title");
    return { place: data.inside[i], circle, title, name: title.textContent };
  };
  const marked = (svg) => ({
    own: svg.dataset.course,
    discs: all(".marks > circle", svg).map((disc, i) => {
      const letter = disc.nextElementSibling, title = disc.querySelector("title");
      return {
        place: data.inside[i], disc, title, name: title.textContent,
        known: data.documented[data.inside[i]] === "1",
        letter: letter && letter.tagName === "text" ? letter : null,
      };
    }),
    veils: all(".veils > use", svg), people: all(".people > circle", svg), ghosts: all(".ghosts > circle", svg),
  });
  const captions = all("[data-caption]"), now = all(".now"), articles = all("article[data-day]", days);

  const paint = (map, day) => {
    const held = data.held[map.own][day], truth = data.held.history[day], there = data.there[map.own];
    map.discs.forEach((mark, i) => {
      const code = held[mark.place], fact = truth[mark.place], differs = mark.known && code !== fact;
      mark.disc.setAttribute("class", (mark.known ? "m h" : "m u h") + code);
      mark.title.textContent = mark.name + ": " + data.parties[code] +
        (differs ? " (" + data.fact + ": " + data.parties[fact] + ")" : "");
      if (mark.letter) {
        mark.letter.setAttribute("class", "l k" + code);
        mark.letter.textContent = data.letters[code] || "";
      }
      if (map.ghosts.length) map.ghosts[i].setAttribute("class", differs ? "g" + fact : "g");
      if (there) map.people[i].setAttribute("r", parseInt(there[day][mark.place], 36) * data.radius);
    });
    map.veils.forEach((veil, i) => {
      const code = held[data.roads[i][0]];
      veil.setAttribute("class", code === held[data.roads[i][1]] && code !== "x" ? "v" + code : "v");
    });
  };

  const paintOdds = ({ place, circle, title, name }, day) => {
    const step = parseInt(data.odds[day][place], 36), size = Math.sqrt(step / 35);
    circle.setAttribute("class", step ? "o h" + data.gains[day][place] : "o");
    circle.setAttribute("r", step ? data.oddsLeast + (data.oddsMost - data.oddsLeast) * size : data.oddsLeast);
    title.textContent = name + (step ? ": " + data.oddsOf.replace("{share}", Math.round(step / 0.35) + " %") : "");
  };
  const draw = (day) => {
    const { maps, odds } = ready();
    maps.forEach((map) => paint(map, day));
    odds.forEach((one) => paintOdds(one, day));
  };

  const write = (day) => {
    slider.value = day;
    slider.setAttribute("aria-valuetext", data.days[day]);
    date.textContent = data.days[day];
    dayOf.textContent = data.dayOf[day];
    captions.forEach((one) => { one.textContent = data.captions[one.dataset.caption][day]; });
    now.forEach((line) => line.setAttribute("transform",
      "translate(" + (Number(line.dataset.left) + day * Number(line.dataset.day)) + ")"));
    articles.forEach((one) => { one.hidden = Number(one.dataset.day) !== Math.max(day, 1); });
  };
  const show = (day) => {
    write(day);
    draw(day);
  };

  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = data.play;
    play.setAttribute("aria-pressed", "false");
    date.setAttribute("aria-live", "polite");
  };
  const start = () => {
    if (Number(slider.value) === last) show(0);
    play.textContent = data.pause;
    play.setAttribute("aria-pressed", "true");
    date.setAttribute("aria-live", "off");
    timer = setInterval(() => {
      if (Number(slider.value) >= last) stop();
      else show(Number(slider.value) + 1);
    }, 800);
  };
  const step = (by) => {
    stop();
    show(Math.min(Math.max(Number(slider.value) + by, 0), last));
  };

  slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
  play.addEventListener("click", () => (timer ? stop() : start()));
  get("back").addEventListener("click", () => step(-1));
  get("on").addEventListener("click", () => step(1));
  root.classList.add("js");
  root.style.setProperty("--n", last + 1);
  days.open = true;
  write(data.day);
  (window.requestIdleCallback || setTimeout)(() => draw(Number(slider.value)));
})();
