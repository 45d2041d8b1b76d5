package dev.optr.report;

import java.util.List;

/**
 * A collapsed block of the page.
 *
 * @param title HTML of ours, from typed fields alone
 * @param below a line of markdown of ours behind the parts; empty where there is none
 */
record Section(String title, List<Part> parts, String below) {
  Section {
    parts = List.copyOf(parts);
  }

  /** What is in it. */
  sealed interface Part {
    /** Where the whole lies, from the repository's root. */
    String whole();

    /**
     * A fenced block.
     *
     * @param lead a line of markdown of ours before it; empty where there is none
     * @param info the fence's info string
     * @param text any text
     */
    record Fenced(String lead, String info, String text, String whole) implements Part {}

    /**
     * A list.
     *
     * @param items markdown of one line each, in which all that is foreign is code
     */
    record Bullets(List<String> items, String whole) implements Part {
      public Bullets {
        items = List.copyOf(items);
      }
    }
  }

  /** A block of one part. */
  static Section of(String title, Part part) {
    return new Section(title, List.of(part), "");
  }
}
