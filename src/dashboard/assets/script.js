// Makes easier what works without it: see what has come in without loading the page, tick all of a list.

for (const box of document.querySelectorAll('[data-ticks]')) {
  box.hidden = false;
  box.addEventListener('change', (event) => {
    for (const one of document.querySelectorAll(box.dataset.ticks)) one.checked = event.target.checked;
  });
}
for (const button of document.querySelectorAll('[data-copies]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const text = document.querySelector(button.dataset.copies).textContent;
    navigator.clipboard.writeText(text).then(() => {
      button.textContent = button.dataset.copied;
    });
  });
}
// `data-awaits="/api/v1/setup heard"`: the page is loaded again once that is true.
for (const place of document.querySelectorAll('[data-awaits]')) {
  const [address, name] = place.dataset.awaits.split(' ');
  const look = async () => {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && (await answer.json())[name]) return location.reload();
    setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
}
// A second press would ask for the same once more.
for (const form of document.querySelectorAll('form[method=post]'))
  form.addEventListener('submit', () => {
    // Later, because a button that is pressed says its own value with the form.
    setTimeout(() => {
      for (const button of form.querySelectorAll('button')) button.disabled = true;
    });
  });
