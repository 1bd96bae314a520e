() => {
  document.documentElement.lang = 'zh-CN';
  document.body.classList.remove('dark');  // light only
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    [...document.querySelectorAll('[data-act=close]')].find((one) => one.offsetParent)?.click();
  });
}
