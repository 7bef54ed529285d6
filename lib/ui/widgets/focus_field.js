// The field that a press on another place leads to. It is drawn a little after its form.
(function focus(triesLeft) {
  const fields = ".st-key-page_settings input[type=password], .st-key-page_studio textarea";
  const field = document.querySelector(fields);
  if (field) field.focus();
  else if (triesLeft) setTimeout(focus, 50, triesLeft - 1);
})(40);
