/* The places of the list on a map, in two steps: nothing is asked of anybody before the reader presses the button.
   Without this file the list has everything. Every text stands in support/includes/map.html. */
(() => {
  const NEAR = 44; // pixels: places nearer to each other than a finger is wide share a pin
  const panel = document.querySelector("[data-map]");
  if (!panel) return;
  const texts = panel.dataset;
  const button = panel.querySelector("button");
  const status = panel.querySelector("[role=status]");
  const place = panel.querySelector(".map");
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let map = null;
  let coming = false;

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function loaded(name, attributes) {
    return new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement(name), attributes);
      made.onload = resolve;
      made.onerror = () => {
        made.remove(); // so that it can be tried again
        reject(new Error(`${name} did not come`));
      };
      document.head.append(made);
    });
  }

  async function leaflet() {
    if (!window.L) {
      await Promise.all([
        loaded("link", { rel: "stylesheet", href: texts.style }),
        loaded("script", { src: texts.script }),
      ]);
    }
    return window.L;
  }

  async function found() {
    const answer = await fetch(texts.places);
    if (!answer.ok) throw new Error(`places: ${answer.status}`);
    return answer.json();
  }

  /* Services that stand at one spot, by spot: most know only their municipality. */
  function spotsOf(features) {
    const spots = new Map();
    for (const { geometry, properties } of features) {
      const [longitude, latitude] = geometry.coordinates;
      const key = `${latitude} ${longitude} ${properties.exact}`;
      if (!spots.has(key)) spots.set(key, { at: L.latLng(latitude, longitude), services: [] });
      spots.get(key).services.push(properties);
    }
    return [...spots.values()];
  }

  /* Spots that would cover each other at this zoom are one pin, at the first of them. */
  function pinsOf(spots) {
    const pins = [];
    for (const spot of spots) {
      const point = map.project(spot.at);
      const near = pins.find((pin) => pin.point.distanceTo(point) < NEAR);
      if (near) near.spots.push(spot);
      else pins.push({ point, at: spot.at, spots: [spot] });
    }
    return pins;
  }

  function entry(service) {
    const item = document.createElement("li");
    const name = element(service.page ? "a" : "strong", "", service.name);
    if (service.page) name.href = service.page;
    item.append(name, element("span", "map-popup__kind", `${service.kind}, ${service.country}`));
    return item;
  }

  function popupOf(pin) {
    const content = element("div", "map-popup");
    for (const spot of pin.spots) {
      const [{ exact, municipality }] = spot.services;
      const list = document.createElement("ul");
      list.setAttribute("role", "list");
      list.append(...spot.services.map(entry));
      content.append(list);
      if (!exact) content.append(element("p", "map-popup__where", say(texts.middle, { place: municipality })));
    }
    return content;
  }

  function nameOf(pin) {
    const services = pin.spots.flatMap((spot) => spot.services);
    if (services.length === 1) return services[0].name;
    const towns = new Set(services.map((service) => service.municipality).filter(Boolean));
    return say(texts.here, { place: [...towns].join(", ") || services[0].name, number: services.length });
  }

  function open(pin, mark) {
    const width = Math.min(270, place.clientWidth - 80);
    const popup = L.popup({ offset: [0, -34], minWidth: width, maxWidth: width, maxHeight: 240 });
    popup.setLatLng(pin.at).setContent(popupOf(pin)).openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", texts.close);
    (popup.getElement().querySelector(".map-popup a") || close).focus({ preventScroll: true });
    popup.on("remove", () => map && (mark.isConnected ? mark : place).focus({ preventScroll: true }));
  }

  function markerOf(pin) {
    const count = pin.spots.reduce((sum, spot) => sum + spot.services.length, 0);
    const mark = element("button", "map-pin", count > 1 ? String(count) : "");
    mark.type = "button";
    mark.setAttribute("aria-label", nameOf(pin));
    mark.title = nameOf(pin);
    mark.addEventListener("click", () => open(pin, mark));
    L.DomEvent.disableClickPropagation(mark);
    const icon = L.divIcon({ className: "map-pin-place", html: mark, iconSize: [36, 44], iconAnchor: [18, 44] });
    return L.marker(pin.at, { icon, keyboard: false });
  }

  function drawnOn(container, features) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const motion = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still };
    map = L.map(container, { scrollWheelZoom: false, zoomControl: false, ...motion });
    map.attributionControl.setPrefix(false);
    // At the bottom: what a pin says opens above it, and would lie under the buttons.
    const zoom = { position: "bottomleft", zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut };
    L.control.zoom(zoom).addTo(map);
    L.tileLayer(texts.tiles, {
      attribution: panel.querySelector("[data-map-source]").innerHTML,
      maxZoom: 19,
      referrerPolicy: "origin", // OpenStreetMap asks which site it serves; the page's address stays unsaid
    }).addTo(map);
    const spots = spotsOf(features);
    const pins = L.layerGroup().addTo(map);
    map.on("zoomend", () => {
      pins.clearLayers();
      for (const pin of pinsOf(spots)) pins.addLayer(markerOf(pin));
    });
    const all = L.latLngBounds(spots.map((spot) => spot.at));
    map.fitBounds(all, { paddingTopLeft: [30, 50], paddingBottomRight: [30, 10], maxZoom: 13 });
  }

  function told(places) {
    if (!places.features.length) return texts.nowhere;
    const number = places.without_place;
    if (!number) return texts.everywhere;
    const one = new Intl.PluralRules(document.documentElement.lang).select(number) === "one";
    return say(one ? texts.withoutOne : texts.withoutOther, { number });
  }

  function toggle(shown) {
    place.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    button.querySelector("span").textContent = shown ? texts.hide : texts.show;
  }

  async function show() {
    if (coming) return;
    coming = true;
    status.textContent = texts.coming;
    try {
      const [places] = await Promise.all([found(), leaflet()]);
      if (places.features.length) {
        toggle(true);
        drawnOn(place, places.features);
      }
      status.textContent = told(places);
    } catch {
      hide();
      status.textContent = texts.failed;
    }
    coming = false;
  }

  function hide() {
    const gone = map;
    map = null;
    if (gone) gone.remove();
    toggle(false);
    status.textContent = "";
  }

  place.setAttribute("role", "region");
  place.setAttribute("aria-label", texts.label);
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && map) map.closePopup();
  });
  button.addEventListener("click", () => (map ? hide() : show()));
  panel.hidden = false;
})();
