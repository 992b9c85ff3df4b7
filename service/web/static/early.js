// Runs before the page is drawn, so that nothing jumps: from here on there are scripts.
document.documentElement.classList.add("scripted");
