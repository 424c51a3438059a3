// Opens the slides. A hash keeps the place, so that a reload stays on the slide.
Reveal.initialize({ hash: true, width: 1120, height: 760, margin: 0.04 });
