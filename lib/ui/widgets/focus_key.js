// The field is drawn a little after its form.
(function focus(triesLeft) {
  const field = document.querySelector(".st-key-page_settings input[type=password]");
  if (field) field.focus();
  else if (triesLeft) setTimeout(focus, 50, triesLeft - 1);
})(40);
