// Plays the video of a cue: from a file that somebody chose on this computer (networks fail in halls), else from the server.
const chosen = new Map();

export function offerFilms(input) {
  input?.addEventListener("change", () => {
    for (const file of input.files) {
      if (chosen.has(file.name)) URL.revokeObjectURL(chosen.get(file.name));
      chosen.set(file.name, URL.createObjectURL(file));
    }
    const count = document.querySelector("[data-films]");
    if (count) count.textContent = chosen.size;
  });
}

export function play(screen, snapshot) {
  if (!screen) return;
  const file = snapshot.scene === "cue" && snapshot.cue?.kind === "video" ? snapshot.cue.file : null;
  const address = file ? (chosen.get(file.name) ?? file.url) : null;
  screen.hidden = !address;
  if (!address) {
    screen.pause();
    screen.removeAttribute("src");
  } else if (screen.getAttribute("src") !== address) {
    screen.src = address;
    // A browser that nobody has touched plays only what is silent.
    screen.play().catch(() => ((screen.muted = true), screen.play().catch(() => {})));
  }
}
