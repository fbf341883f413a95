// Before the first paint: the color scheme chosen on this device, so that nobody in a dark room is flashed white.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('pauta.scheme');
  } catch {
    // A browser that keeps nothing for us: the system's scheme will do.
  }
  var dark =
    chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
