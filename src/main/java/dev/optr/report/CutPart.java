package dev.optr.report;

import java.util.List;

/** A part of a section that knows how to be shorter. */
sealed interface CutPart {
  int SMALLEST_TEXT = 200;
  // Runs of backticks up to this length are everyday; beyond it, fences are paid for by the text.
  int LONG_FENCE = 64;

  static CutPart of(Section.Part part, Surface surface, PlainText plain) {
    return switch (part) {
      case Section.Part.Fenced fenced ->
          new Fence(fenced, Markdown.unmarked(plain.lines(fenced.text())), surface);
      case Section.Part.Bullets bullets -> new Lines(bullets, surface);
    };
  }

  /** All of it as markdown, a blank line behind it. */
  String all();

  /** As much of it as fits, and where the whole is; empty where that would be too little. */
  String within(int room);

  /**
   * Cut anywhere: nothing ends its fence.
   *
   * @param text as it may be shown
   */
  record Fence(Section.Part.Fenced part, String text, Surface surface) implements CutPart {
    @Override
    public String all() {
      return framed(text);
    }

    @Override
    public String within(int room) {
      String all = all();
      if (surface.size(all) <= room) {
        return all;
      }
      int textRoom = room - surface.size(framed("")) - 2 * LONG_FENCE;
      if (textRoom < SMALLEST_TEXT) {
        return "";
      }
      boolean longFence = Markdown.fenceOf(text).length() > LONG_FENCE;
      String marker = "[cut here; the whole is in " + Characters.line(part.whole(), 160) + "]";
      return framed(surface.cut(text, longFence ? textRoom / 3 : textRoom, marker));
    }

    private String framed(String shown) {
      String lead = part.lead().isEmpty() ? "" : part.lead() + "\n\n";
      return lead + Markdown.fence(part.info(), shown) + "\n";
    }
  }

  /** Cut between two items alone, so that no code in them stays open. */
  record Lines(Section.Part.Bullets part, Surface surface) implements CutPart {
    @Override
    public String all() {
      return bullets(part.items());
    }

    @Override
    public String within(int room) {
      String all = all();
      if (surface.size(all) <= room) {
        return all;
      }
      String rest = "* and more, in " + Markdown.code(part.whole()) + "\n\n";
      StringBuilder out = new StringBuilder();
      for (String item : part.items()) {
        String line = "* " + item + "\n";
        if (surface.size(out + line + rest) > room) {
          break;
        }
        out.append(line);
      }
      return out.isEmpty() ? "" : out + rest;
    }

    private static String bullets(List<String> items) {
      return "* " + String.join("\n* ", items) + "\n\n";
    }
  }
}
