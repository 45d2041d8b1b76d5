package dev.optr.agents;

import dev.optr.git.FrozenTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words around the lines of a file.
 *
 * @param size of the file in bytes
 * @param atEnd the window saw the whole file, so that its lines are counted
 */
record ReadText(FrozenTree.File file, long size, LineWindow window, boolean atEnd) {

  String text(long first, @Nullable Long endLine) {
    List<LineWindow.Row> rows = window.rows();
    StringBuilder out = new StringBuilder(ShownPath.of(file.path())).append(": ");
    if (size == 0) {
      return out.append("empty").append(mode()).toString();
    }
    if (rows.isEmpty()) {
      return out.append(nothing(first)).toString();
    }
    out.append("lines ").append(rows.getFirst().number());
    out.append(" to ").append(rows.getLast().number());
    out.append(atEnd ? " of " + window.lines() : "").append(", ");
    out.append(size).append(size == 1 ? " byte" : " bytes").append(mode()).append(lineEnds());
    out.append('\n');
    for (LineWindow.Row row : rows) {
      out.append(row.number()).append('\t').append(row.content()).append('\n');
    }
    return out.append(readOn(rows.getLast(), endLine)).toString();
  }

  /** True where the file has no such line. */
  boolean isOutside() {
    return size > 0 && window.rows().isEmpty();
  }

  private String nothing(long first) {
    return atEnd
        ? "there is no line " + first + ", the last one is " + window.lines()
        : "line "
            + first
            + " was not reached within "
            + Toolbox.PATIENCE.toSeconds()
            + " s; line "
            + window.lines()
            + " was";
  }

  private String mode() {
    return switch (file.mode()) {
      case "100644" -> "";
      case "100755" -> ", executable";
      default -> ", mode " + file.mode();
    };
  }

  private String lineEnds() {
    StringBuilder out = new StringBuilder();
    if (window.carriageReturns() > 0) {
      long ends = window.endsWithLineEnd() ? window.lines() : window.lines() - 1;
      out.append(window.carriageReturns() < ends ? ", some" : ",").append(" line ends CR LF");
    }
    if (atEnd && !window.endsWithLineEnd()) {
      out.append(", no line end after the last line");
    }
    return out.toString();
  }

  private String readOn(LineWindow.Row last, @Nullable Long endLine) {
    StringBuilder out = new StringBuilder();
    if (last.cut()) {
      out.append("[line ").append(last.number()).append(" is cut; its rest cannot be read by ");
      out.append("lines: search(regex, glob) shows the text around a match in it]\n");
    }
    if (hasMore(last, endLine)) {
      out.append("[cut: read on with read_file(path=").append(ShownPath.quoted(file.path()));
      out.append(", startLine=").append(last.number() + 1);
      out.append(", endLine=").append(endLine == null ? "null" : endLine).append(")]\n");
    }
    return out.toString();
  }

  private boolean hasMore(LineWindow.Row last, @Nullable Long endLine) {
    boolean wanted = endLine == null || last.number() < endLine;
    return wanted && (!atEnd || last.number() < window.lines());
  }
}
