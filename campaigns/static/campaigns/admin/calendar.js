/* Moving posts on the calendar by mouse or keyboard. Both send the form behind the entry's "Move" link,
   so permissions, clock changes and states are decided in one place: on the server. */

(() => {
    "use strict";

    const calendar = document.querySelector("[data-calendar]");
    if (!calendar) return;
    const status = calendar.querySelector("[data-calendar-status]");
    const FOCUS = "calendar-focus";

    const say = (text) => { status.textContent = text; };
    const places = () => [...calendar.querySelectorAll("li[data-day]:not([data-entry])")];
    const clearAim = () => places().forEach((place) => place.classList.remove("cal-aimed"));

    function aimAt(place) {
        clearAim();
        place.classList.add("cal-aimed");
    }

    /* A day keeps the entry's time; an hour keeps its minutes. */
    function timeOn(entry, place) {
        if (place.dataset.hour === undefined) return entry.dataset.time;
        return `${place.dataset.hour.padStart(2, "0")}:${entry.dataset.time.slice(3)}`;
    }

    async function move(entry, place) {
        clearAim();
        const time = timeOn(entry, place);
        if (place.dataset.day === entry.dataset.day && time === entry.dataset.time) {
            say(calendar.dataset.stays);
            return;
        }
        entry.classList.add("cal-entry--busy");
        const form = await formOf(entry);
        if (form) form.set("planned_at", `${place.dataset.day} ${time}`);
        const answer = form && await send(entry, form);
        entry.classList.remove("cal-entry--busy");
        if (answer && !answer.problem) {
            sessionStorage.setItem(FOCUS, entry.dataset.entry);
            window.location.reload();
            return;
        }
        say(answer ? answer.problem : calendar.dataset.failed);
        showProblem(status.textContent);
    }

    /* The form as it stands on its page: with every account ticked. */
    async function formOf(entry) {
        try {
            const response = await fetch(entry.dataset.moveUrl);
            if (!response.ok) return null;
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            const field = page.querySelector("[name=planned_at]");
            return field ? new FormData(field.form) : null;
        } catch {
            return null;
        }
    }

    async function send(entry, body) {
        try {
            const response = await fetch(entry.dataset.moveUrl, {
                method: "POST", body, headers: { Accept: "application/json" },
            });
            return [200, 400].includes(response.status) ? await response.json() : null;
        } catch {
            return null;
        }
    }

    function showProblem(text) {
        let note = calendar.querySelector(".cal-problem");
        if (!note) {
            note = document.createElement("p");
            note.className = "cal-problem";
            calendar.querySelector(".cal-bar").after(note);
        }
        note.textContent = text;
        note.scrollIntoView({ block: "nearest" });
    }

    /* --- by mouse --------------------------------------------------------------------------------- */

    let dragged = null;

    calendar.addEventListener("dragstart", (event) => {
        dragged = event.target.closest("[data-entry]");
        if (!dragged) return;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", dragged.dataset.entry);
    });
    calendar.addEventListener("dragover", (event) => {
        const place = event.target.closest("li[data-day]:not([data-entry])");
        if (!dragged || !place) return;
        event.preventDefault();
        aimAt(place);
    });
    calendar.addEventListener("drop", (event) => {
        const place = event.target.closest("li[data-day]:not([data-entry])");
        if (!dragged || !place) return;
        event.preventDefault();
        move(dragged, place);
        dragged = null;
    });
    calendar.addEventListener("dragend", () => { dragged = null; clearAim(); });

    /* --- by keyboard: the space bar lifts, arrows choose, Enter puts down, Escape gives up ---------- */

    let lifted = null;
    let aim = 0;

    const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

    function lift(entry) {
        lifted = entry;
        const home = entry.parentElement.closest("li[data-day]");
        aim = places().indexOf(home);
        entry.classList.add("cal-entry--lifted");
        aimAt(home);
        say(calendar.dataset.lifted);
    }

    function putBack() {
        lifted.classList.remove("cal-entry--lifted");
        lifted = null;
        clearAim();
    }

    calendar.addEventListener("keydown", (event) => {
        const handle = event.target.closest("[data-handle]");
        if (!handle) return;
        if (!lifted && event.key === " ") {
            event.preventDefault();
            lift(handle.closest("[data-entry]"));
        } else if (lifted && event.key in STEPS) {
            event.preventDefault();
            const all = places();
            const byHour = all[0].dataset.hour !== undefined;
            const next = aim + (byHour ? Math.sign(STEPS[event.key]) : STEPS[event.key]);
            if (!all[next]) { say(calendar.dataset.noFurther); return; }
            aim = next;
            aimAt(all[aim]);
            all[aim].scrollIntoView({ block: "nearest" });
            say(`${calendar.dataset.aimed} ${all[aim].dataset.name}`);
        } else if (lifted && (event.key === "Enter" || event.key === " ")) {
            event.preventDefault();
            const entry = lifted;
            putBack();
            move(entry, places()[aim]);
        } else if (lifted && event.key === "Escape") {
            putBack();
            say(calendar.dataset.stays);
        }
    });
    calendar.addEventListener("focusout", () => { if (lifted) putBack(); });

    /* After a move the page is new: the keyboard stays where it was. */
    const moved = sessionStorage.getItem(FOCUS);
    if (moved) {
        sessionStorage.removeItem(FOCUS);
        const entry = [...calendar.querySelectorAll("[data-entry]")].find((each) => each.dataset.entry === moved);
        if (entry) entry.querySelector("[data-handle]").focus();
    }
})();
